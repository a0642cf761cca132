import CKernels
import Foundation
import TensorKernels

/// The general matrix product beside OpenBLAS, where that is installed.
enum KernelBenchmarks {
  /// M, N, K, and the sum of 1 where A is transposed and 2 where B is: forward, weight gradient and
  /// input gradient of layers from small to large.
  private static let shapes: [(Int, Int, Int, Int)] = [
    (1, 100, 100, 0), (1, 100, 100, 2), (32, 32, 32, 0), (32, 32, 32, 1), (32, 32, 32, 2),
    (100, 50, 13, 0), (100, 50, 50, 0), (50, 50, 100, 1), (100, 50, 50, 2),
    (64, 64, 64, 0), (64, 64, 64, 1), (64, 64, 64, 2),
    (64, 128, 128, 0), (128, 128, 64, 1), (64, 128, 128, 2), (128, 10, 128, 2),
    (128, 256, 784, 0), (784, 256, 128, 1), (128, 256, 128, 2),
    (256, 1024, 784, 0), (1024, 1024, 256, 1), (256, 1024, 1024, 2),
    (256, 4096, 784, 0), (256, 4096, 4096, 2), (1024, 1024, 1024, 0),
  ]

  private typealias SGEMM =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32,
      UnsafePointer<Float>, Int32, Float, UnsafeMutablePointer<Float>, Int32
    ) -> Void

  private static func openBLAS() -> SGEMM? {
    guard let library = dlopen("libopenblas.so.0", RTLD_NOW),
      let symbol = dlsym(library, "cblas_sgemm")
    else { return nil }
    if let threads = dlsym(library, "openblas_set_num_threads") {
      unsafeBitCast(threads, to: (@convention(c) (Int32) -> Void).self)(1)
    }
    return unsafeBitCast(symbol, to: SGEMM.self)
  }

  static func run() {
    let blas = openBLAS()
    for (m, n, k, flags) in shapes { measure(m, n, k, flags, blas) }
  }

  private static func measure(_ m: Int, _ n: Int, _ k: Int, _ flags: Int, _ blas: SGEMM?) {
    let numbers = (0..<3).map { index in
      let count = [m * k, k * n, m * n][index]
      // Aligned as in the arena.
      let part = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
        .bindMemory(to: Float.self, capacity: count)
      for place in 0..<count { part[place] = Float(place % 13) / 13 - 0.5 }
      return part
    }
    defer { numbers.forEach { $0.deallocate() } }
    var state = lb_state()
    let operations = 2 * Double(m) * Double(n) * Double(k)
    withUnsafeMutablePointer(to: &state) { state in
      var arguments = lb_arguments()
      arguments.p0 = UnsafeMutableRawPointer(numbers[0])
      arguments.p1 = UnsafeMutableRawPointer(numbers[1])
      arguments.p2 = UnsafeMutableRawPointer(numbers[2])
      arguments.state = state
      (arguments.n0, arguments.n1, arguments.n2) = (Int64(m), Int64(n), Int64(k))
      arguments.n3 = Int64(flags)
      guard let table = lb_kernels_float(KernelBody.current.place),
        let product = lb_kernel_function(table, .product)
      else { return }
      let own = secondsPerCall { product(&arguments) }
      var result: [String: Any] = [
        "part": "kernels", "shape": "\(m) x \(n) x \(k)",
        "kind": ["forward", "weights", "input"][flags], "own": operations / own * 1e-9,
      ]
      if let blas {
        let (transposeA, transposeB) = (flags & 1 != 0, flags & 2 != 0)
        let theirs = secondsPerCall {
          blas(
            101, transposeA ? 112 : 111, transposeB ? 112 : 111, Int32(m), Int32(n), Int32(k), 1,
            numbers[0], Int32(transposeA ? m : k), numbers[1], Int32(transposeB ? k : n), 0,
            numbers[2], Int32(n))
        }
        result["openblas"] = operations / theirs * 1e-9
      }
      report(result)
    }
  }
}
