/** The queue of batch work, in every namespace that has some. */
export const batchQueue = 'batch'
