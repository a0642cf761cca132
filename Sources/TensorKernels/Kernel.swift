import CKernels
// Kernels are listed once, in C beside their bodies; the kinds that emit them see their names alone.
@_exported import enum CKernels.lb_kernel

/// What an instruction does.
///
/// The letters of each kernel's arguments stand in CKernels.
package typealias Kernel = lb_kernel

extension Kernel {
  /// The function of this kernel in the given precision, of the body that runs.
  func function<Scalar: KernelScalar>(_ scalar: Scalar.Type) -> lb_function? {
    lb_kernel_function(KernelBody.current.table(scalar), self)
  }
}
