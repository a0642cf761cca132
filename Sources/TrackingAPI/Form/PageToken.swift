import Foundation

/// Where the next page of a search begins, as MLflow writes it: base64 of `{"offset": 100}`.
enum PageToken {
  static func text(_ offset: Int) -> String {
    Data("{\"offset\": \(offset)}".utf8).base64EncodedString()
  }

  /// The place that a token says; 0 for none.
  static func offset(_ token: String) throws(TrackingError) -> Int {
    if token.isEmpty { return 0 }
    guard let data = Data(base64Encoded: token) else {
      throw TrackingError(.invalid, "Invalid page token, could not base64-decode")
    }
    guard let value = JSONReader.read(data)?["offset"], let offset = RequestFields.whole(value),
      (0...1_000_000_000).contains(offset)
    else {
      throw TrackingError(
        .invalid, "Invalid page token, decoded value=\(String(decoding: data, as: UTF8.self))")
    }
    return Int(offset)
  }
}
