import type { JsonObject } from './cluster.ts'

/** The server's JSON; anything else (health checks and proxies answer in words) becomes `{ message }`. */
export function parseBody(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject
  } catch {
    // Not JSON: falls through to the text itself.
  }
  return { message: text }
}
