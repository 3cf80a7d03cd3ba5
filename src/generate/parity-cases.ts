/** One case in which a user would notice which provider serves a stack. */
export interface ParityCase {
  name: string
  official: string
  /** Absent where it is the same. */
  bundled?: string
  /** Absent where it is the same. */
  why?: string
  /** Case of the recordings of the official provider; absent where its documents or its source were read. */
  recorded?: string
  /** Title of the test that holds the bundled provider to it; absent where none runs on the real engine. */
  test?: string
}

export const parityCases: readonly ParityCase[] = [
  {
    name: 'Immutable fields of Deployment, Job, StatefulSet, Service, immutable ConfigMap',
    official: 'replaced, with the field marked in the preview',
    recorded: 'immut',
    test: 'a field that cannot be changed in place replaces its object, old before new',
  },
  {
    name: '`pulumi.com/patchForce`',
    official: 'an update that takes the field',
    recorded: 'conflict',
    test: 'it takes it with patchForce, keeps the count of others, and then nothing differs',
  },
  {
    name: 'Fields that others set beside the program',
    official: 'no difference',
    recorded: 'drift',
    test: 'what others own is no difference: replicas, foreign labels and keys',
  },
  {
    name: 'A field of the program changed outside, with a refresh',
    official: 'an update back to the program’s value',
    recorded: 'drift',
    test: 'a field of ours that somebody changed or removed is an update, told before anything is done',
  },
  {
    name: 'Not ready in time, then repaired',
    official: 'stays in the state with its errors, an update the next time, cleared by success',
    recorded: 'ready',
    test: 'a workload that cannot get ready fails in time, says why, and is looked at again',
  },
  {
    name: 'Finalizer that holds a deletion',
    official: 'the deletion fails in time and names the finalizer; a later one goes on',
    recorded: 'finalizer',
    test: 'a finalizer that holds a deletion is named, and a later run goes on',
  },
  {
    name: 'Kind and object of it in one program, without `dependsOn`',
    official: 'created in one go, deleted in order',
    recorded: 'crd',
    test: 'a kind and an object of it arrive in one program, and rules of the kind replace instead of failing',
  },
  {
    name: 'Secrets in the state',
    official: 'encrypted',
    test: 'no secret lies in clear in the state',
  },
  {
    name: 'Outputs that only the cluster gives',
    official: 'unknown in a preview',
    test: 'a preview shows what depends on a value that only the cluster can give',
  },
  {
    name: 'A resource that moves in its program (another parent or name, the same object)',
    official: 'fails: the object exists already',
    bundled: 'the object goes on under its new resource',
    why: 'moving code must not replace what runs',
    test: 'a resource that moves in the program keeps its object',
  },
  {
    name: 'Create',
    official: 'POST, taken over into server-side apply by the first update',
    bundled: 'server-side apply from the start',
    why: 'one owner of the fields, from the first write on',
    recorded: 'conflict',
    test: 'a stack is made, waits until its pods are ready, and is unchanged right after',
  },
  {
    name: 'Field manager',
    official: '8 random hex digits',
    bundled: "8 hex digits of a hash of the resource's URN",
    why: 'a resource whose state was lost finds its fields again and can drop them',
  },
  {
    name: 'Object exists already',
    official: 'preview says create, up fails with `already exists`',
    bundled:
      "preview and up fail, and name the stack that it belongs to; it is taken up when its annotation `iv.dev/stack` is this stack's",
    why: 'a crash between write and record heals by itself, and nothing foreign is ever taken',
    recorded: 'adopt',
    test: 'an object of somebody else is refused, in the preview already, and left as it was',
  },
  {
    name: 'Object deleted outside, program changed, no refresh',
    official: 'up fails until a refresh',
    bundled: 'made again',
    why: 'nothing to gain from failing',
    recorded: 'drift',
    test: 'an object that is gone is made again',
  },
  {
    name: 'Another manager owns a field',
    official: 'preview and up fail',
    bundled:
      'preview warns and shows the change, up fails with manager and field; `iv deploy --take-ownership` takes the field for one run, the annotation `pulumi.com/patchForce` always',
    why: 'a preview that stops at the first conflict hides all other changes',
    recorded: 'conflict',
    test: 'an up does not overwrite what another manager took, and says who and where',
  },
  {
    name: 'Normalised values (`1000m` and `1`), defaults inside lists',
    official: 'compared as texts',
    bundled: 'a field counts as changed only when the live value is not what it was when last recorded',
    why: 'no differences that no apply can remove',
  },
  {
    name: 'Lists and selectors that the server treats as one value',
    official: 'fields of the program are compared',
    bundled: 'elements and keys that somebody added count as changes too',
    why: 'they are owned whole: an added `ports` in a network policy is a change of meaning',
  },
  {
    name: 'ConfigMap and Secret data changed',
    official: 'replaced unless `enable…Mutable`',
    bundled: 'same; `iv` always sets both',
    why: 'with fixed names a replacement is a moment without the object',
    recorded: 'drift',
  },
  {
    name: 'Replacement',
    official: 'new before old unless told otherwise; fixed names then fail',
    bundled: 'old before new, always, unless the name changes',
    why: 'names are fixed',
    recorded: 'immut',
    test: 'a field that cannot be changed in place replaces its object, old before new',
  },
  {
    name: 'Immutable fields that no table knows (rules of custom resources)',
    official: "the server's 422 at up",
    bundled: 'found by a dry run in the diff, and replaced',
    why: 'the preview says it before anything is deleted',
    test: 'a kind and an object of it arrive in one program, and rules of the kind replace instead of failing',
  },
  {
    name: '`skipAwait`',
    official: 'also skips waiting for deletion',
    bundled: 'readiness only; deletion always waits',
    why: 'the successor has the same name',
  },
  {
    name: 'Service with a selector',
    official: 'waits about 10 s for endpoints; a load balancer for its address',
    bundled: 'usable at once',
    why: 'it would hold up everything that uses its `clusterIP`',
  },
  {
    name: 'Deployment, StatefulSet not ready in time',
    official: 'up to 4 lines with reasons',
    bundled: 'one line with counts and the commonest trouble of its pods',
    why: 'one line is read',
    recorded: 'ready',
    test: 'a workload that cannot get ready fails in time, says why, and is looked at again',
  },
  {
    name: 'Refresh of an object that never got ready',
    official: 'judges every object anew',
    bundled: 'judges only what failed before',
    why: '`kubectl scale` during a refresh is no failure',
    test: 'a workload that cannot get ready fails in time, says why, and is looked at again',
  },
  {
    name: 'Deletion',
    official: 'foreground for everything',
    bundled: 'foreground for what owns pods and for custom resources, background for the rest',
    why: 'nothing else has dependents; a foreground deletion costs a round through the garbage collector',
  },
  {
    name: 'Deleted and made again by somebody else',
    official: 'deleted by name',
    bundled: "only the object with the recorded UID, or one that is provably this stack's",
    why: 'not to delete what is not ours',
  },
  {
    name: 'Kind or namespace missing in preview',
    official: 'silent',
    bundled: 'warning, unless the same program makes it',
    why: 'seen before up instead of in it',
    recorded: 'names',
    test: 'a namespace that nobody makes is a warning in the preview and an error in the end',
  },
  {
    name: 'Auto-naming',
    official: 'name plus 8 hex digits',
    bundled: 'refused',
    why: 'an object whose record was lost could not be found again, and would be made twice',
    recorded: 'names',
  },
  {
    name: 'Provider arguments',
    official: 'all',
    bundled:
      '`kubeconfig` (path or contents; without it the path that `iv` was given), `context`, `namespace`, `enableConfigMapMutable`, `enableSecretMutable`; others are ignored',
    why: 'what `iv` uses',
  },
  {
    name: 'Change of provider arguments',
    official: 'another cluster replaces everything',
    bundled: 'never replaces',
    why: "the cluster's identity is checked before the engine starts",
    test: 'two clusters in one stack do not mix',
  },
]
