import type { FlagDescription } from '../manifest.ts'
import { type Node, valuedFlags } from './model.ts'

/** One declaration per word and flag, each bound to the words before it. */
export function fishCompletion(all: readonly Node[]): string {
  return `# iv completion for fish: iv completion fish > ~/.config/fish/completions/iv.fish
function __iv_path
  set -l path
  set -l skip 0
  for word in (commandline -opc)[2..-1]
    if test $skip = 1
      set skip 0
    else if contains -- $word ${valuedFlags(all).join(' ')}
      set skip 1
    else if not string match -q -- '-*' $word
      set -a path $word
    end
  end
  test "$path" = "$argv[1]"
end
complete -c iv -f
${all.flatMap(declarations).join('\n')}
`
}

function declarations(node: Node): string[] {
  const here = `complete -c iv -n ${quote(`__iv_path ${quote(node.path)}`)}`
  const words = node.children.map((child) => `${here} -a ${quote(child.word)} -d ${quote(child.summary)}`)
  return [...words, ...node.flags.map((flag) => `${here} ${flagOptions(flag)}`)]
}

function flagOptions(flag: FlagDescription): string {
  const parts = [
    `-l ${flag.name}`,
    ...(flag.char ? [`-s ${flag.char}`] : []),
    ...(flag.type === 'option' ? ['-r'] : []),
    ...(flag.options ? [`-a ${quote(flag.options.join(' '))}`] : []),
    `-d ${quote(flag.summary ?? '')}`,
  ]
  return parts.join(' ')
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
