import { enumerated, type Node, valuedFlags } from './model.ts'

/** Shows the summary beside every word and flag. */
export function zshCompletion(all: readonly Node[]): string {
  return `#compdef iv
# iv completion for zsh: iv completion zsh > "\${fpath[1]}/_iv"
_iv() {
  local path= word skip= cur=\${words[CURRENT]} prev=\${words[CURRENT-1]}
  local -A children
  local -a candidates
  children=(
${all.map((node) => `    ${quote(`:${node.path}`)} ${quote(node.children.map((child) => child.word).join(' '))}`).join('\n')}
  )
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then skip=; continue; fi
    case $word in
      ${valuedFlags(all).join('|')}) skip=1 ;;
      -*) ;;
      *) [[ " \${children[:$path]} " == *" $word "* ]] && path=\${path:+$path }$word ;;
    esac
  done
  case "$path $prev" in
${all.flatMap(valueArms).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $path in
${all
  .filter((node) => node.flags.length > 0)
  .map(flagArm)
  .join('\n')}
    esac
  else
    case $path in
${all
  .filter((node) => node.children.length > 0)
  .map(childArm)
  .join('\n')}
    esac
  fi
  (( \${#candidates} )) && _describe 'iv' candidates || _files
}
compdef _iv iv
`
}

function valueArms(node: Node): string[] {
  return enumerated(node).map(({ names, values }) => {
    const patterns = names.map((name) => quote(`${node.path} ${name}`)).join('|')
    return `    ${patterns}) compadd -- ${values.join(' ')}; return ;;`
  })
}

function flagArm(node: Node): string {
  const described = node.flags.map((flag) => quote(withSummary(`--${flag.name}`, flag.summary)))
  return `      ${quote(node.path)}) candidates=(${described.join(' ')}) ;;`
}

function childArm(node: Node): string {
  const described = node.children.map((child) => quote(withSummary(child.word, child.summary)))
  return `      ${quote(node.path)}) candidates=(${described.join(' ')}) ;;`
}

function withSummary(word: string, summary: string | undefined): string {
  return summary ? `${word}:${summary}` : word
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
