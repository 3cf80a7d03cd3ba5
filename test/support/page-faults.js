/* global document, window, getComputedStyle */

/*
 * Runs inside a page and says what is wrong with it, a sentence each: text over text, text out of its drawing, a
 * plot without words, something wider than its place.
 */

function wide() {
  const { scrollWidth } = document.documentElement
  const page =
    scrollWidth > window.innerWidth
      ? [`the page is ${scrollWidth} wide and the window ${window.innerWidth}`]
      : []
  const parts = [...document.querySelectorAll('main :not(svg *)')].filter((element) => {
    const { overflowX, display } = getComputedStyle(element)
    if (overflowX === 'auto' || display === 'inline' || element.closest('.scroll')) return false
    return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1
  })
  return [
    ...page,
    ...parts.map(
      ({ tagName, textContent }) => `${tagName} is wider than its place: ${textContent.slice(0, 40)}`,
    ),
  ]
}

function nameless(drawing) {
  const ids = (drawing.getAttribute('aria-labelledby') ?? '').split(' ')
  return ids.filter((id) => !document.getElementById(id)?.textContent).map((id) => `a plot without ${id}`)
}

function labelsOf(drawing) {
  return [...drawing.querySelectorAll('text')].map((label) => ({
    text: label.textContent,
    box: label.getBoundingClientRect(),
  }))
}

function outside(drawing) {
  const frame = drawing.getBoundingClientRect()
  const leaves = ({ box }) =>
    [frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom].some(
      (beyond) => beyond > 1,
    )
  return labelsOf(drawing)
    .filter(leaves)
    .map(({ text }) => `"${text}" leaves its drawing`)
}

function overlapping(drawing) {
  const labels = labelsOf(drawing)
  // Boxes of text are taller than its letters.
  const meet = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3
  return labels.flatMap(({ text, box }, index) =>
    labels
      .slice(index + 1)
      .filter((other) => meet(box, other.box))
      .map((other) => `"${text}" lies over "${other.text}"`),
  )
}

function faults() {
  const drawings = [...document.querySelectorAll('svg[role=img]')]
  return [
    ...wide(),
    ...drawings.flatMap((drawing) => [...nameless(drawing), ...outside(drawing), ...overlapping(drawing)]),
  ]
}

faults()
