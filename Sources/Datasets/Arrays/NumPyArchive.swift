import Foundation
import Tracking

/// A file of NumPy's arrays under names, as `numpy.savez` and `savez_compressed` write it.
struct NumPyArchive {
  let path: String
  /// SHA-256 of the file's bytes.
  let digest: String
  /// The arrays' names in the order of the file.
  let names: [String]
  private let archive: ZipArchive

  static let ending = ".npy"

  init(reading path: String, setting: String) throws(DataError) {
    try self.init(FileBytes(reading: path, setting: setting), setting: setting)
  }

  init(_ file: FileBytes, setting: String) throws(DataError) {
    path = file.path
    digest = file.digest
    guard file.data.starts(with: [0x50, 0x4B]) else {
      let isArray = file.data.starts(with: NumPyArray.signature)
      throw DataError(
        setting: setting, place: path,
        isArray
          ? "the file is one array, an archive of named arrays is needed"
          : file.data.isEmpty ? "the file is empty" : "the file is no archive of NumPy's",
        hint: isArray
          ? "This line makes one: python3 -c \"import numpy; numpy.savez('data.npz', "
            + "x=numpy.load('\(path)'))\"" : "numpy.savez('data.npz', x=x, y=y) writes one.")
    }
    archive = try ZipArchive(file)
    names = archive.members.map(\.name).filter { $0.hasSuffix(Self.ending) }
      .map { String($0.dropLast(Self.ending.count)) }
    if names.isEmpty {
      throw DataError(
        setting: setting, place: path, "there is no array in the archive",
        hint: archive.members.isEmpty
          ? "" : "It has \(archive.members.prefix(8).map(\.name).joined(separator: ", ")).")
    }
  }

  /// Reads one array.
  ///
  /// - Parameter setting: the key that names it.
  func array(_ name: String, setting: String) throws(DataError) -> NumPyArray {
    guard let member = archive.members.first(where: { $0.name == name + Self.ending }) else {
      throw DataError(setting: setting, "\(path) has no array '\(name)'", hint: wayOut(name))
    }
    let data = try archive.contents(member)
    do throws(NumPyArray.Problem) { return try NumPyArray(data) } catch {
      throw DataError(
        setting: setting, place: path, "'\(name)' \(error.message)", hint: error.hint)
    }
  }

  /// The name that was meant, or the lines that name the arrays of rows and of their targets.
  private func wayOut(_ name: String) -> String {
    if let near = nearestName(to: name, among: names) { return "Did you mean '\(near)'?" }
    let all = "Its arrays are \(names.prefix(12).joined(separator: ", "))."
    func first(of known: [String]) -> String? {
      known.lazy.compactMap { one in names.first { $0.lowercased() == one } }.first
    }
    if let x = first(of: ["x_train", "train_images", "images", "data", "features"]),
      let y = first(of: ["y_train", "train_labels", "labels", "label", "target", "targets"])
    {
      return all + " These lines under data may be meant:\n  x: \(x)\n  y: \(y)"
    }
    return all
  }
}
