import CKernels
import COpenBLAS

/// Convolutions by OpenBLAS, image by image: the windows of an image become the columns of a matrix,
/// which stays in the caches while it is multiplied.
///
/// n0 R rows, n1 C channels, n2 H, n3 W, n4 O channels out, n5 K side of the window, n6 stride, n7
/// padding, n8 whether the positive part is taken, n9 L = OH OW windows.
enum Convolution {
  /// Y = act(W columns(X) + b); p0 X (R, C, H, W), p1 weight (O, C K K), p2 b (O) or null, p3 Y
  /// (R, O, L), p4 columns (C K K, L).
  static var float: lb_function {
    { if let a = $0 { Convolution.forward(a.pointee, Float.self) } }
  }
  static var double: lb_function {
    { if let a = $0 { Convolution.forward(a.pointee, Double.self) } }
  }

  /// dW = beta dW + sum over rows of DY columns(X)ᵀ; p0 X, p1 DY (R, O, L), p2 dW (O, C K K), p4
  /// columns.
  static var floatWeights: lb_function {
    { if let a = $0 { Convolution.weights(a.pointee, Float.self) } }
  }
  static var doubleWeights: lb_function {
    { if let a = $0 { Convolution.weights(a.pointee, Double.self) } }
  }

  /// DX = image(Wᵀ DY); p0 weight, p1 DY, p2 DX (R, C, H, W), p4 columns.
  static var floatInput: lb_function {
    { if let a = $0 { Convolution.input(a.pointee, Float.self) } }
  }
  static var doubleInput: lb_function {
    { if let a = $0 { Convolution.input(a.pointee, Double.self) } }
  }

  private static func forward<Scalar: Multiplying>(_ a: lb_arguments, _: Scalar.Type) {
    let kernels = Scalar.kernels
    guard let x = numbers(a.p0, Scalar.self), let weight = numbers(a.p1, Scalar.self),
      let y = numbers(a.p3, Scalar.self), let columns = numbers(a.p4, Scalar.self)
    else { return }
    let sizes = Sizes(a)
    withUnsafePointer(to: a) { arguments in
      for row in 0..<sizes.rows {
        kernels.pointee.unfold(arguments, x + row * sizes.image, columns)
        let output = y + row * sizes.output
        Scalar.multiply(
          weight, columns, output, m: sizes.channels, n: sizes.windows, k: sizes.window,
          transposeA: false, transposeB: false, beta: 0)
        kernels.pointee.channel_bias(output, a.p2, a.n4, a.n9, a.n8)
      }
    }
  }

  private static func weights<Scalar: Multiplying>(_ a: lb_arguments, _: Scalar.Type) {
    let kernels = Scalar.kernels
    guard let x = numbers(a.p0, Scalar.self), let dy = numbers(a.p1, Scalar.self),
      let dw = numbers(a.p2, Scalar.self), let columns = numbers(a.p4, Scalar.self)
    else { return }
    let sizes = Sizes(a)
    withUnsafePointer(to: a) { arguments in
      for row in 0..<sizes.rows {
        kernels.pointee.unfold(arguments, x + row * sizes.image, columns)
        Scalar.multiply(
          dy + row * sizes.output, columns, dw, m: sizes.channels, n: sizes.window,
          k: sizes.windows, transposeA: false, transposeB: true,
          beta: row == 0 ? a.state.pointee.beta : 1)
      }
    }
  }

  private static func input<Scalar: Multiplying>(_ a: lb_arguments, _: Scalar.Type) {
    let kernels = Scalar.kernels
    guard let weight = numbers(a.p0, Scalar.self), let dy = numbers(a.p1, Scalar.self),
      let dx = numbers(a.p2, Scalar.self), let columns = numbers(a.p4, Scalar.self)
    else { return }
    let sizes = Sizes(a)
    withUnsafePointer(to: a) { arguments in
      for row in 0..<sizes.rows {
        Scalar.multiply(
          weight, dy + row * sizes.output, columns, m: sizes.window, n: sizes.windows,
          k: sizes.channels, transposeA: true, transposeB: false, beta: 0)
        kernels.pointee.fold(arguments, columns, dx + row * sizes.image)
      }
    }
  }

  private static func numbers<Scalar>(
    _ pointer: UnsafeMutableRawPointer?, _: Scalar.Type
  ) -> UnsafeMutablePointer<Scalar>? {
    pointer?.assumingMemoryBound(to: Scalar.self)
  }

  private struct Sizes {
    let rows, image, output, channels, window, windows: Int

    init(_ a: lb_arguments) {
      rows = Int(a.n0)
      image = Int(a.n1 * a.n2 * a.n3)
      output = Int(a.n4 * a.n9)
      channels = Int(a.n4)
      window = Int(a.n1 * a.n5 * a.n5)
      windows = Int(a.n9)
    }
  }
}

/// A precision that BLAS multiplies matrices in.
private protocol Multiplying {
  static var kernels: UnsafePointer<lb_kernels> { get }

  /// C = op(A) op(B) + beta C, row-major, (m, n) with inner size k.
  static func multiply(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, m: Int,
    n: Int, k: Int, transposeA: Bool, transposeB: Bool, beta: Double)
}

extension Float: Multiplying {
  fileprivate static var kernels: UnsafePointer<lb_kernels> { lb_kernels_float() }

  fileprivate static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, m: Int,
    n: Int, k: Int, transposeA: Bool, transposeB: Bool, beta: Double
  ) {
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), 1, a, Int32(transposeA ? m : k), b, Int32(transposeB ? k : n),
      Float(beta), c, Int32(n))
  }
}

extension Double: Multiplying {
  fileprivate static var kernels: UnsafePointer<lb_kernels> { lb_kernels_double() }

  fileprivate static func multiply(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafeMutablePointer<Double>,
    m: Int, n: Int, k: Int, transposeA: Bool, transposeB: Bool, beta: Double
  ) {
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), 1, a, Int32(transposeA ? m : k), b, Int32(transposeB ? k : n),
      beta, c, Int32(n))
  }
}
