import { enumerated, flagWords, type Node, valuedFlags } from './model.ts'

/** Written for bash 3.2 and newer; needs no other package. */
export function bashCompletion(all: readonly Node[]): string {
  return `# iv completion for bash: source <(iv completion bash)
_iv_children() {
  case $1 in
${all
  .filter((node) => node.children.length > 0)
  .map((node) => arm(node.path, words(node)))
  .join('\n')}
  esac
}
_iv_flags() {
  case $1 in
${all
  .filter((node) => node.flags.length > 0)
  .map((node) => arm(node.path, flagWords(node)))
  .join('\n')}
  esac
}
_iv_values() {
  case $1 in
${all.flatMap(valueArms).join('\n')}
    *) return 1 ;;
  esac
}
_iv() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path= word skip= candidates
  # Bash splits --output=json at the equals sign.
  if [ "$cur" = '=' ]; then cur=
  elif [ "$prev" = '=' ]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ -n "$skip" ]; then skip=; continue; fi
    case $word in
      ${valuedFlags(all).join('|')}) skip=1 ;;
      -*|=) ;;
      *) case " $(_iv_children "$path") " in *" $word "*) path=\${path:+$path }$word ;; esac ;;
    esac
  done
  if candidates=$(_iv_values "$path $prev"); then :
  elif [ "\${cur#-}" != "$cur" ]; then candidates=$(_iv_flags "$path")
  else candidates=$(_iv_children "$path")
  fi
  COMPREPLY=($(compgen -W "$candidates" -- "$cur"))
}
complete -o default -F _iv iv
`
}

function words(node: Node): string[] {
  return node.children.map((child) => child.word)
}

function arm(path: string, candidates: readonly string[]): string {
  return `    '${path}') echo '${candidates.join(' ')}' ;;`
}

function valueArms(node: Node): string[] {
  return enumerated(node).map(({ names, values }) => {
    const patterns = names.map((name) => `'${node.path} ${name}'`).join('|')
    return `    ${patterns}) echo '${values.join(' ')}' ;;`
  })
}
