import Figures
import Foundation
import Testing

struct StoredPictureTests {
  /// Images of 7 times 5 pixels as Pillow 13 writes them; of JPEG the beginning up to its frame.
  private static let files: [(StoredPicture.Kind, String)] = [
    (
      .png,
      "iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAAFElEQVR4nGM8ISfHgAGYMIWoIgoAcO4BDp5SBC0AAAAASUVORK5CYII="
    ),
    (.jpeg, jpeg + "wAARCAAFAAcDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAA"),
    (.jpeg, jpeg + "wgARCAAFAAcDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA"),
  ]
  private static let jpeg =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/"

  @Test func headersSayWhatAFileIs() throws {
    for (kind, text) in Self.files {
      let picture = try StoredPicture(try #require(Data(base64Encoded: text)))
      #expect(picture.kind == kind && picture.width == 7 && picture.height == 5)
    }
  }

  @Test(arguments: [
    (#"<svg width="40" height='20'/>"#, 40.0, 20.0),
    ("<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg\nwidth=\"72pt\" height=\"1in\"></svg>", 96, 96),
    (#"<svg viewBox="0 0 300,60" width="100%"/>"#, 300, 60),
    (#"<svg viewBox="0 0 300 60" width="150"/>"#, 150, 30),
    (#"<svg height="2em"/>"#, 300, 150), (#"<svg width="1e2" height="2.54cm"/>"#, 100, 96),
  ])
  func sizesOfDrawings(_ text: String, _ width: Double, _ height: Double) throws {
    let picture = try StoredPicture(Data(text.utf8))
    #expect(picture.kind == .svg)
    // Inches over 2.54 are rounded.
    #expect(abs(picture.width - width) < 1e-9 && abs(picture.height - height) < 1e-9)
  }

  @Test func whatIsNoPictureOrTooMuchIsRefused() {
    func fault(_ data: Data) -> String? {
      do throws(StoredPicture.Fault) {
        _ = try StoredPicture(data)
        return nil
      } catch { return error.message }
    }
    #expect(fault(Data()) == "is no PNG, JPEG or SVG")
    #expect(fault(Data("hello <svg".utf8)) == "is no PNG, JPEG or SVG")
    #expect(fault(Data([0xFF, 0xD8, 0xFF, 0xE0])) == "is no PNG, JPEG or SVG")
    #expect(
      fault(Data(#"<svg width="30000" height="30000"/>"#.utf8)) == "is 30000 x 30000 pixels large")
    #expect(
      fault(Data("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>".utf8))?.contains("entities") == true)
    #expect(fault(Data(count: StoredPicture.mostBytes + 1)) == "has more than 4 MiB")
    var bomb = Data(base64Encoded: Self.files[0].1) ?? Data()
    bomb[16] = 0x7F
    #expect(fault(bomb)?.hasSuffix("pixels large") == true)
  }

  @Test func aFigureOfPicturesIsReadBack() throws {
    let picture = try StoredPicture(Data(#"<svg width="40" height="20"/>"#.utf8))
    let items = [
      Sheet.Item(label: "a", picture: picture),
      Sheet.Item(label: "b", picture: nil, missing: "no b"),
    ]
    let figure = Figure(title: "t", sheet: Sheet(items), notes: ["n"])
    let again = try JSONDecoder().decode(Figure.self, from: JSONEncoder().encode(figure))
    #expect(again == figure && again.sheet?.items.count == 2)
    #expect(
      (1...9).map { Sheet(Array(repeating: items[0], count: $0)).columns } == [
        1, 2, 3, 2, 3, 3, 3, 3, 3,
      ])
  }
}
