import engineService from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engineMessages from '@pulumi/pulumi/proto/engine_pb.js'
import pluginMessages from '@pulumi/pulumi/proto/plugin_pb.js'
import providerService from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import providerMessages from '@pulumi/pulumi/proto/provider_pb.js'
import statusMessages from '@pulumi/pulumi/proto/status_pb.js'
import anyMessages from 'google-protobuf/google/protobuf/any_pb.js'
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js'
import structMessages from 'google-protobuf/google/protobuf/struct_pb.js'

// The generated modules are CommonJS that fills its exports at run time, so that only a default import finds
// everything, from source and from the bundle alike.
export const service = providerService
export const rpc = providerMessages
export const engine = { ...engineService, ...engineMessages }
export const { PluginInfo } = pluginMessages
export const { Status } = statusMessages
export const { Any } = anyMessages
export const { Empty } = emptyMessages
export const { Struct } = structMessages

/** Marks special values; the engine's own constants. */
export const signatureKey = '4dabf18193072939515e22adb298388d'
export const secretSignature = '1b47061264138c4ac30d75fd1eb44270'
/** Stands for a value that is not known before other resources exist. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
