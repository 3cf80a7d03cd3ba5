import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/command/base.ts'
import { environmentFlags, planFlags, regionFlags } from '../src/command/flags.ts'
import { treeFlags } from '../src/command/review-flags.ts'
import { flavors } from '../src/render/flavor.ts'
import { renderWriter } from '../src/report/render.ts'

export default class Render extends BaseCommand {
  static override summary = 'Write the objects of regions as YAML files, for GitOps.'
  static override description =
    'One file per object, in numbered folders in the order of applying: `kubectl apply --server-side -R -f DIR/us-east` gives what a deploy gives. Needs no cluster. Without --region it renders all. Only files that iv wrote itself (they are listed in DIR/.iv-rendered) are replaced or removed.'
  static override examples = [
    '<%= config.bin %> render --env production',
    '<%= config.bin %> render --out manifests',
    '<%= config.bin %> render --env production --region us-east --out manifests --flavor argocd',
    '<%= config.bin %> render --out manifests --check --json',
  ]
  static override exits = ['OPERATION', 'NOT_FOUND', 'CHANGES'] as const
  static override flags = {
    ...environmentFlags,
    ...regionFlags,
    ...planFlags,
    ...treeFlags,
    check: Flags.boolean({
      summary: 'Write nothing; exit 7 with the list of files where the folder differs.',
    }),
    flavor: Flags.option({
      summary: 'Who applies it: `argocd` adds sync waves; gitops.flavor without it.',
      options: flavors,
      env: 'IV_FLAVOR',
    })(),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Render)
    const { config: file, env: environment, region: regions, out: folder, check, flavor } = flags
    const planned = { without: flags.without, kubeVersion: flags['kube-version'] }
    await this.conclude(renderWriter, async (c) => {
      const { render } = await import('../src/render/render.ts')
      return render({ file, environment, regions, folder, check, flavor, ...planned }, c)
    })
  }
}
