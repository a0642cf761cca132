import CKernels
import COpenBLAS

/// Matrix products by OpenBLAS, as instructions.
///
/// C = op(A) op(B) + beta C, row-major: p0 A, p1 B, p2 C (M, N); n0 M, n1 N, n2 K; n3 is the sum of 1
/// where A is transposed, 2 where B is, and 4 where beta is the state's (else 0).
enum MatrixProduct {
  /// One thread a call, set once: runs are the parallel part.
  private static let singleThreaded: Void = openblas_set_num_threads(1)

  static var library: String {
    let version = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
    let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
    let words = version.split(separator: " ").prefix(2).joined(separator: " ")
    return words + " " + core
  }

  static var float: lb_function {
    singleThreaded
    return { pointer in
      guard let a = pointer?.pointee else { return }
      let (m, n, k) = (Int32(a.n0), Int32(a.n1), Int32(a.n2))
      let (isA, isB) = (a.n3 & 1 != 0, a.n3 & 2 != 0)
      let beta = a.n3 & 4 != 0 ? Float(a.state.pointee.beta) : 0
      cblas_sgemm(
        CblasRowMajor, isA ? CblasTrans : CblasNoTrans, isB ? CblasTrans : CblasNoTrans, m, n, k,
        1, a.p0?.assumingMemoryBound(to: Float.self), isA ? m : k,
        a.p1?.assumingMemoryBound(to: Float.self), isB ? k : n, beta,
        a.p2?.assumingMemoryBound(to: Float.self), n)
    }
  }

  static var double: lb_function {
    singleThreaded
    return { pointer in
      guard let a = pointer?.pointee else { return }
      let (m, n, k) = (Int32(a.n0), Int32(a.n1), Int32(a.n2))
      let (isA, isB) = (a.n3 & 1 != 0, a.n3 & 2 != 0)
      let beta = a.n3 & 4 != 0 ? a.state.pointee.beta : 0
      cblas_dgemm(
        CblasRowMajor, isA ? CblasTrans : CblasNoTrans, isB ? CblasTrans : CblasNoTrans, m, n, k,
        1, a.p0?.assumingMemoryBound(to: Double.self), isA ? m : k,
        a.p1?.assumingMemoryBound(to: Double.self), isB ? k : n, beta,
        a.p2?.assumingMemoryBound(to: Double.self), n)
    }
  }
}
