import FileLanguage
import Foundation
import Tracking

/// Reads the looks of figures from a cell, from options of a command, or from `figures:` of a file.
struct LookReader {
  let item: SpecNode
  let problems: SpecProblems

  /// What is written; what is wrong is reported and left out.
  ///
  /// - Parameter keys: those that may be written here.
  func look(_ keys: [Key]) -> FigureLook {
    var look = FigureLook()
    for key in keys where item[key.name] != nil {
      switch key.name {
      case LookKeys.band.name: look.band = word(key)
      case LookKeys.theme.name: look.theme = word(key)
      case LookKeys.format.name: look.formats = words(key)
      case LookKeys.width.name: look.width = length(key)
      case LookKeys.height.name: look.height = length(key)
      case LookKeys.fontSize.name: look.fontSize = value(key)?.asNumber
      case LookKeys.dotsPerInch.name: look.dotsPerInch = value(key)?.asNumber
      case LookKeys.xRange.name: look.xRange = interval(key)
      case LookKeys.yRange.name: look.yRange = interval(key)
      case LookKeys.xLabel.name: look.xLabel = text(key)
      case LookKeys.yLabel.name: look.yLabel = text(key)
      case LookKeys.legend.name: look.hasNoLegend = value(key) == .flag(false)
      case LookKeys.top.name: if case .integer(let top)? = value(key) { look.top = top }
      default: break
      }
    }
    return look
  }

  /// The looks that a file gives all of its figures.
  static func ofFile(_ root: SpecNode, _ problems: SpecProblems) -> FigureLook {
    guard let node = root["figures"], node.entries != nil else { return FigureLook() }
    return LookReader(item: node, problems: problems).look(LookKeys.ofFile)
  }

  /// Reports lengths that are none, which by their kind are texts.
  func checkLengths() {
    for key in [LookKeys.width, LookKeys.height] where item[key.name]?.text != nil {
      _ = length(key)
    }
  }

  private func value(_ key: Key) -> ParameterValue? {
    guard case .value(let kind) = key.shape, let node = item[key.name] else { return nil }
    return ValueReader(problems: problems).value(node, as: kind, of: key.name)
  }

  private func text(_ key: Key) -> String? {
    if case .text(let text)? = value(key) { text } else { nil }
  }

  private func word<Word: RawRepresentable>(_ key: Key) -> Word? where Word.RawValue == String {
    text(key).flatMap(Word.init)
  }

  private func words(_ key: Key) -> [PictureFormat] {
    switch value(key) {
    case .text(let word): [PictureFormat(rawValue: word)].compactMap { $0 }
    case .list(let items):
      items.compactMap {
        if case .text(let word) = $0 { PictureFormat(rawValue: word) } else { nil }
      }
    default: []
    }
  }

  private func interval(_ key: Key) -> ClosedRange<Double>? {
    guard case .list(let ends)? = value(key), let low = ends.first?.asNumber,
      let high = ends.last?.asNumber, let node = item[key.name]
    else { return nil }
    guard low < high else {
      problems.report(
        node.mark, "\(key.name) ends before it begins", ["expected [low, high], as [0, 1]"])
      return nil
    }
    return low...high
  }

  private static let units = ["cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1, "px": 0.75]
  /// From 2 cm to 2 m.
  private static let lengths = 56.0...5700.0

  /// A length in points.
  private func length(_ key: Key) -> Double? {
    guard let node = item[key.name], let text = text(key) else { return nil }
    let words = text.trimmingCharacters(in: .whitespaces)
    let unit = String(words.reversed().prefix { $0.isLetter }.reversed())
    let number = Double(words.dropLast(unit.count).trimmingCharacters(in: .whitespaces))
    guard let number, let points = Self.units[unit] else {
      problems.report(
        node.mark, "\(Words.quoted(text)) is no length",
        ["expected a number with its unit: 8cm, 80mm, 3.3in, 230pt or 600px"])
      return nil
    }
    let length = number * points
    guard Self.lengths.contains(length) else {
      problems.report(
        node.mark, "\(Words.quoted(text)) is no \(key.name) of a picture",
        ["expected 2cm to 200cm"])
      return nil
    }
    return length
  }
}
