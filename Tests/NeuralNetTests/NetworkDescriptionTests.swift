import Foundation
import NeuralNet
import Testing
import Tracking

struct NetworkDescriptionTests {
  @Test func everyLayerAndSettingIsReadBack() throws {
    let layers = [
      linear(8, bias: false).named("a"), layer("leaky-relu", ["slope": .number(0.25)]),
      residual([linear(8), layer("dropout", ["p": .number(0.5)])]),
      linear(8).from("a").sharing("a"), add("a", "a"),
    ]
    for loss in Losses.all {
      let description = NetworkDescription(layers: layers, loss: chosen(Losses.all, loss.name))
      #expect(try NetworkDescription(json: description.json) == description)
    }
    let untrained = NetworkDescription(layers: layers, loss: nil)
    #expect(try NetworkDescription(json: untrained.json) == untrained)
  }

  @Test func aSettingThatIsMissingHasItsDefault() throws {
    let json = #"{"layers": [{"kind": {"name": "linear", "settings": {"outputs": 3}}}]}"#
    let description = try NetworkDescription(json: Data(json.utf8))
    #expect(description.layers == [linear(3)] && description.loss == nil)
  }

  @Test func whatIsNoNetworkIsRefused() {
    #expect(throws: LabbookError.self) { try NetworkDescription(json: Data("[1".utf8)) }
  }
}
