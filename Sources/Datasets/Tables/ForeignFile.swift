import Foundation

/// A file of a format that is not read, with the line that turns it into one that is.
struct ForeignFile {
  let name: String
  /// The command, `{in}` and `{out}` for the files.
  let command: String

  private static let page = "a web page"
  private static let pandas = "python3 -c \"import pandas; pandas."

  /// Knows a format by how the file begins.
  init?(_ data: Data) {
    let start = data.prefix(512)
    func begins(_ bytes: [UInt8]) -> Bool { start.starts(with: bytes) }
    func begins(_ text: String) -> Bool { start.starts(with: Array(text.utf8)) }
    let text = String(decoding: start, as: UTF8.self).lowercased()
    let first = text.drop { $0.isWhitespace }
    if begins("PAR1") {
      self.init("Parquet", Self.pandas + "read_parquet('{in}').to_csv('{out}', index=False)\"")
    } else if begins("ARROW1") || begins("FEA1") {
      self.init("Feather", Self.pandas + "read_feather('{in}').to_csv('{out}', index=False)\"")
    } else if begins("MATLAB 5.0") {
      self.init(
        "a MATLAB file",
        "python3 -c \"import scipy.io, numpy; m = scipy.io.loadmat('{in}'); print(m.keys()); "
          + "numpy.savetxt('{out}', m['NAME'], delimiter=',')\"")
    } else if begins([0x89, 0x48, 0x44, 0x46]) {
      self.init("HDF5", Self.pandas + "read_hdf('{in}').to_csv('{out}', index=False)\"")
    } else if begins([0xD0, 0xCF, 0x11, 0xE0]) {
      self.init("an old Excel workbook", "libreoffice --headless --convert-to csv {in}")
    } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) {
      self.init("packed by xz", "xz -dc {in} > {out}")
    } else if begins("BZh") {
      self.init("packed by bzip2", "bzip2 -dc {in} > {out}")
    } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
      self.init("packed by zstd", "zstd -dc {in} > {out}")
    } else if begins("\u{93}NUMPY") || begins([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) {
      self.init(
        "a NumPy array",
        "python3 -c \"import numpy; numpy.savetxt('{out}', numpy.load('{in}'), delimiter=',')\"")
    } else if begins("SQLite format 3") {
      self.init("an SQLite database", "sqlite3 -header -csv {in} 'SELECT * FROM NAME' > {out}")
    } else if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) {
      self.init("UTF-16", "iconv -f UTF-16 -t UTF-8 {in} > {out}")
    } else if let order = Self.utf16Order(start) {
      self.init("UTF-16", "iconv -f \(order) -t UTF-8 {in} > {out}")
    } else if begins([0x80, 4, 0x95]) || begins([0x80, 5, 0x95]) {
      self.init(
        "a Python pickle", Self.pandas + "read_pickle('{in}').to_csv('{out}', index=False)\"")
    } else if first.hasPrefix("<!doctype html") || first.hasPrefix("<html") {
      self.init(Self.page, "")
    } else if first.hasPrefix("@relation") || text.contains("\n@relation") {
      self.init(
        "ARFF",
        "python3 -c \"from scipy.io import arff; import pandas; "
          + "pandas.DataFrame(arff.loadarff('{in}')[0])"
          + ".apply(lambda c: c.str.decode('utf-8') if c.dtype == object else c)"
          + ".to_csv('{out}', index=False)\"")
    } else if first.hasPrefix("{\"") || first.hasPrefix("{ \"") {
      self.init(
        "JSON lines", Self.pandas + "read_json('{in}', lines=True).to_csv('{out}', index=False)\"")
    } else if first.hasPrefix("["), first.dropFirst().drop(while: \.isWhitespace).hasPrefix("{") {
      self.init("JSON", Self.pandas + "read_json('{in}').to_csv('{out}', index=False)\"")
    } else {
      return nil
    }
  }

  /// Knows a format by what lies in its zip archive.
  init?(zip names: [String]) {
    if names.contains(where: { $0.hasPrefix("xl/") }) {
      self.init(
        "an Excel workbook", Self.pandas + "read_excel('{in}').to_csv('{out}', index=False)\"")
    } else if names.contains("content.xml") {
      self.init("an OpenDocument sheet", "libreoffice --headless --convert-to csv {in}")
    } else if !names.isEmpty, names.allSatisfy({ $0.hasSuffix(".npy") }) {
      self.init("NumPy's archive", "")
    } else {
      return nil
    }
  }

  private init(_ name: String, _ command: String) {
    self.name = name
    self.command = command
  }

  /// The name of UTF-16 without its mark: every second byte of the first letters is 0.
  private static func utf16Order(_ start: Data) -> String? {
    let bytes = Array(start.prefix(64))
    guard bytes.count >= 8 else { return nil }
    let zeros = bytes.indices.filter { bytes[$0] == 0 }
    let even = zeros.filter { $0 % 2 == 0 }.count
    guard zeros.count >= bytes.count / 3 else { return nil }
    return even == 0 ? "UTF-16LE" : even == zeros.count ? "UTF-16BE" : nil
  }

  func problem(_ path: String) -> DataError {
    if command.isEmpty, name == Self.page {
      return DataError(
        setting: "path", place: path, "the file is a web page, not the table itself",
        hint: "Fetch the file behind it, such as by its button 'Raw' or 'Download'.")
    }
    if command.isEmpty {
      return DataError(
        setting: "path", place: path, "the file is \(name), which another source reads",
        hint: "Write source: npz, and x and y for the names of its arrays in the place of target.")
    }
    let line = command.replacingOccurrences(of: "{in}", with: path)
      .replacingOccurrences(of: "{out}", with: Self.readable(path))
    return DataError(
      setting: "path", place: path, "the file is \(name), which is not read",
      hint: "This line turns it into one that is: \(line)")
  }

  /// The name of the file that the line makes.
  private static func readable(_ path: String) -> String {
    let url = URL(filePath: path)
    let known = ["csv", "tsv", "txt", "data"]
    let base = url.deletingPathExtension().relativePath
    return known.contains(URL(filePath: base).pathExtension)
      ? base : base + (url.pathExtension == "csv" ? "-utf8.csv" : ".csv")
  }
}
