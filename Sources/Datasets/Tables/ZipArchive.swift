import CZlib
import Foundation

/// A zip archive, read as its directory at the end tells it.
struct ZipArchive {
  private let file: FileBytes
  private let bytes: Data

  /// One file in the archive.
  struct Member {
    let name: String
    fileprivate let method: Int
    fileprivate let checksum: UInt32
    fileprivate let packed: Int
    fileprivate let size: Int
    fileprivate let header: Int
  }

  /// The members that are no folders.
  let members: [Member]

  init(_ file: FileBytes) throws(DataError) {
    self.file = file
    bytes = Data(file.data)
    guard let members = Self.members(bytes) else { throw Self.damaged(file) }
    self.members = members
  }

  /// The bytes of the only file in it.
  func onlyMember() throws(DataError) -> Data {
    if let foreign = ForeignFile(zip: members.map(\.name)) { throw foreign.problem(file.path) }
    guard members.count == 1 else {
      let names = members.prefix(8).map(\.name).joined(separator: ", ")
      throw DataError(
        setting: "path", place: file.path,
        members.isEmpty
          ? "the zip archive is empty"
          : "the zip archive has \(members.count) files, one is needed",
        hint: members.isEmpty
          ? "" : "Unpack the one you mean: unzip \(file.path). It has \(names).")
    }
    return try contents(members[0])
  }

  /// The unpacked bytes of a file in it, at most as many as the directory promises.
  func contents(_ member: Member) throws(DataError) -> Data {
    guard let name = word(member.header + 26, 2), let extra = word(member.header + 28, 2),
      let start = Optional(member.header + 30 + name + extra), start + member.packed <= bytes.count
    else { throw Self.damaged(file) }
    let packed = bytes[start..<start + member.packed]
    var isMore = false
    let data: Data
    switch member.method {
    case 0: data = Data(packed)
    case 8:
      do throws(Inflation.Problem) {
        var inflation = Inflation(windowBits: -15, severalMembers: false)
        if member.size > inflation.most { throw Inflation.Problem.tooMuch(inflation.most) }
        isMore = member.size < inflation.most
        inflation.most = min(inflation.most, member.size)
        data = try inflation.run(packed)
      } catch {
        // More than the directory promises is damage.
        if case .tooMuch(let most) = error, !isMore { throw PackedFile.tooMuch(file, most) }
        throw Self.damaged(file)
      }
    default:
      throw DataError(
        setting: "path", place: file.path,
        "'\(member.name)' is packed in a way that is not read (method \(member.method))",
        hint: "Unpack it first: unzip \(file.path)")
    }
    let checksum = data.withUnsafeBytes { buffer in
      crc32_z(0, buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count)
    }
    guard data.count == member.size, UInt32(truncatingIfNeeded: checksum) == member.checksum else {
      throw Self.damaged(file)
    }
    return data
  }

  private static func damaged(_ file: FileBytes) -> DataError {
    DataError(
      setting: "path", place: file.path, "the file is zip, but it is damaged or cut off",
      hint: "Fetch it anew; unzip -t \(file.path) says what is wrong.")
  }

  private func word(_ place: Int, _ count: Int) -> Int? { Self.word(bytes, place, count) }

  /// A number of `count` bytes, the lowest first.
  private static func word(_ bytes: Data, _ place: Int, _ count: Int) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  /// The directory's entries; `nil` where it cannot be found or read.
  private static func members(_ bytes: Data) -> [Member]? {
    let last = bytes.count - 22
    guard last >= 0,
      let end = (max(0, last - 65_535)...last).reversed().first(where: {
        word(bytes, $0, 4) == 0x0605_4B50
      }), let count = word(bytes, end + 10, 2), var place = word(bytes, end + 16, 4)
    else { return nil }
    var members: [Member] = []
    for _ in 0..<count {
      guard word(bytes, place, 4) == 0x0201_4B50, let method = word(bytes, place + 10, 2),
        let checksum = word(bytes, place + 16, 4), let packed = word(bytes, place + 20, 4),
        let size = word(bytes, place + 24, 4), let name = word(bytes, place + 28, 2),
        let extra = word(bytes, place + 30, 2), let comment = word(bytes, place + 32, 2),
        let header = word(bytes, place + 42, 4), place + 46 + name <= bytes.count
      else { return nil }
      let text = String(decoding: bytes[place + 46..<place + 46 + name], as: UTF8.self)
      if !text.hasSuffix("/"), !text.hasPrefix("__MACOSX/") {
        members.append(
          Member(
            name: text, method: method, checksum: UInt32(truncatingIfNeeded: checksum),
            packed: packed, size: size, header: header))
      }
      place += 46 + name + extra + comment
    }
    return members
  }
}
