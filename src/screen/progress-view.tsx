import { Box, Text, useStdout } from 'ink'
import { type ReactNode, useEffect } from 'react'
import type { Row, Tone } from './rows.ts'

interface ProgressViewProps {
  rows: readonly Row[]
  colour: boolean
  /** Receives the way to write lasting lines above the view. */
  onReady: (writeAbove: (text: string) => void) => void
}

/** Draws rows; decides nothing. */
export function ProgressView({ rows, colour, onReady }: ProgressViewProps): ReactNode {
  const { write } = useStdout()
  useEffect(() => onReady(write), [onReady, write])
  return (
    <Box flexDirection="column">
      {rows.map((row) => (
        <Text key={row.key} wrap="truncate-end" {...(colour ? paint(row.tone) : {})}>
          {row.text}
        </Text>
      ))}
    </Box>
  )
}

function paint(tone: Tone): { bold?: boolean; dimColor?: boolean; color?: string } {
  switch (tone) {
    case 'head':
      return { bold: true }
    case 'good':
      return { color: 'green' }
    case 'bad':
      return { color: 'red' }
    case 'dim':
      return { dimColor: true }
    case 'plain':
      return {}
  }
}
