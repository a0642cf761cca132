import CKernels
// Kernels are listed once, in C beside their bodies; the kinds that emit them see their names alone.
@_exported import enum CKernels.lb_kernel

/// What an instruction does.
///
/// The letters of each kernel's arguments stand in CKernels.
package typealias Kernel = lb_kernel

extension Kernel {
  /// The function of this kernel in the given precision for this processor.
  func function<Scalar: KernelScalar>(_ scalar: Scalar.Type) -> lb_function? {
    lb_kernel_function(Scalar.self == Float.self ? lb_kernels_float() : lb_kernels_double(), self)
  }
}
