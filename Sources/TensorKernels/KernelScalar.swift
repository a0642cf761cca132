import CKernels

/// A number that kernels compute with: `Float` for training, `Double` to check gradients.
public protocol KernelScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {}

extension Float: KernelScalar {}
extension Double: KernelScalar {}

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
    defer { lb_set_denormals(before) }
    return try body()
  }
}
