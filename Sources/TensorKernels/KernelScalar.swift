import CKernels

/// A number that kernels compute with: `Float` for training, `Double` to check gradients.
public protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {}

extension Float: KernelScalar {}
extension Double: KernelScalar {}

/// What an instruction does.
///
/// The letters of each kernel's arguments stand in CKernels.
package enum Kernel: Sendable {
  case gather
  case expand, contract, outer, product, through, throughBack
  case columns, reluColumns
  case scale, relu, reluBack, leaky, leakyBack, sigmoid, sigmoidBack, tanh, tanhBack
  case softmax, softmaxBack, logSoftmax, logSoftmaxBack
  case dropout, add
  case elu, eluBack, silu, siluBack, gelu, geluBack, geluTanh, geluTanhBack, softplus, softplusBack
  case batchStatistics, runningStatistics, batchNorm, batchNormSums, batchNormBack
  case layerNorm, layerNormSums, layerNormBack, distances, distancesBack
  case convolution, convolutionWeights, convolutionInput, channels
  case maxPool, maxPoolBack, meanPool, meanPoolBack
  case fill, copy, plus, maximum, ties, maximumBack, part
  case crossEntropy, nll, mse
  case l1, huber, bce, bceLogits, weightedCrossEntropy
  case norm, penalty, sgd, adam, rmsprop, adagrad

  /// The function of this kernel in the given precision, of the body that runs.
  func function<Scalar: KernelScalar>(_ scalar: Scalar.Type) -> lb_function? {
    let table = KernelBody.current.table(scalar).pointee
    return switch self {
    case .gather: table.gather
    case .expand: table.expand
    case .contract: table.contract
    case .outer: table.outer
    case .product: table.product
    case .through: table.through
    case .throughBack: table.through_back
    case .columns: table.columns
    case .reluColumns: table.relu_columns
    case .scale: table.scale
    case .relu: table.relu
    case .reluBack: table.relu_back
    case .leaky: table.leaky
    case .leakyBack: table.leaky_back
    case .sigmoid: table.sigmoid
    case .sigmoidBack: table.sigmoid_back
    case .tanh: table.tanh
    case .tanhBack: table.tanh_back
    case .softmax: table.softmax
    case .softmaxBack: table.softmax_back
    case .logSoftmax: table.log_softmax
    case .logSoftmaxBack: table.log_softmax_back
    case .dropout: table.dropout
    case .add: table.add
    case .elu: table.elu
    case .eluBack: table.elu_back
    case .silu: table.silu
    case .siluBack: table.silu_back
    case .gelu: table.gelu
    case .geluBack: table.gelu_back
    case .geluTanh: table.gelu_tanh
    case .geluTanhBack: table.gelu_tanh_back
    case .softplus: table.softplus
    case .softplusBack: table.softplus_back
    case .batchStatistics: table.batch_statistics
    case .runningStatistics: table.running_statistics
    case .batchNorm: table.batch_norm
    case .batchNormSums: table.batch_norm_sums
    case .batchNormBack: table.batch_norm_back
    case .layerNorm: table.layer_norm
    case .layerNormSums: table.layer_norm_sums
    case .layerNormBack: table.layer_norm_back
    case .distances: table.distances
    case .distancesBack: table.distances_back
    case .channels: table.channels
    case .maxPool: table.max_pool
    case .maxPoolBack: table.max_pool_back
    case .meanPool: table.mean_pool
    case .meanPoolBack: table.mean_pool_back
    case .convolution: table.convolution
    case .convolutionWeights: table.convolution_weights
    case .convolutionInput: table.convolution_input
    case .fill: table.fill
    case .copy: table.copy
    case .plus: table.plus
    case .maximum: table.maximum
    case .ties: table.ties
    case .maximumBack: table.maximum_back
    case .part: table.part
    case .crossEntropy: table.cross_entropy
    case .nll: table.nll
    case .mse: table.mse
    case .l1: table.l1
    case .huber: table.huber
    case .bce: table.bce
    case .bceLogits: table.bce_logits
    case .weightedCrossEntropy: table.weighted_cross_entropy
    case .rmsprop: table.rmsprop
    case .adagrad: table.adagrad
    case .norm: table.norm
    case .penalty: table.penalty
    case .sgd: table.sgd
    case .adam: table.adam
    }
  }
}

/// The processor's side of the arithmetic, for the record of a run.
public enum KernelEnvironment {
  /// Which body of the kernels runs: `baseline`, `x86-64-v3` or `x86-64-v4`.
  public static var kernels: String {
    String(cString: KernelBody.current.table(Float.self).pointee.name)
  }

  /// What multiplies matrices: the kernels themselves, no library.
  public static var blas: String { "none, the kernels multiply" }

  /// Calls `body` while the thread takes numbers below the normal range as zero, as training must:
  /// Adam's moments of constant inputs become such numbers, and cost a hundredfold.
  ///
  /// The thread counts as before afterwards, so that nothing else it does loses small numbers.
  public static func flushingDenormals<Value>(_ body: () throws -> Value) rethrows -> Value {
    let before = lb_flush_denormals()
    defer { lb_restore_denormals(before) }
    return try body()
  }
}
