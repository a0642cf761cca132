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

  /// The file as runs of version 0.1.0 keep it: keys sorted, every kind of value.
  @Test func theFileIsPinned() throws {
    let layers = [
      linear(8, bias: false).named("a"), layer("softplus", ["beta": .number(2)]),
      layer("gelu"), pool("max", 2), residual([linear(8)]).named("r"),
      linear(8).from("a").sharing("a"), add("a", "r"),
    ]
    let loss = chosen(
      Losses.all, "cross-entropy", ["class_weights": .list([.number(0.5), .number(2.25)])])
    let text =
      #"{"layers":["#
      + [
        #"{"kind":{"name":"linear","settings":{"bias":false,"outputs":8}},"name":"a"}"#,
        #"{"kind":{"name":"softplus","settings":{"beta":2,"threshold":20}}}"#,
        #"{"kind":{"name":"gelu","settings":{"approximate":"none"}}}"#,
        #"{"kind":{"name":"max-pool2d","settings":{"kernel":2,"padding":0,"stride":null}}}"#,
        #"{"kind":{"name":"residual","settings":{}},"#
          + #""layers":[{"kind":{"name":"linear","settings":{"bias":true,"outputs":8}}}],"name":"r"}"#,
        #"{"from":["a"],"kind":{"name":"linear","settings":{"bias":true,"outputs":8}},"share":"a"}"#,
        #"{"kind":{"name":"add","settings":{"inputs":["a","r"]}}}"#,
      ].joined(separator: ",")
      + #"],"loss":{"name":"cross-entropy","settings":{"class_weights":[0.5,2.25],"#
      + #""label_smoothing":0}}}"#
    let description = NetworkDescription(layers: layers, loss: loss)
    #expect(String(decoding: try description.json, as: UTF8.self) == text)
    #expect(try NetworkDescription(json: Data(text.utf8)) == description)
  }

  @Test func aSettingThatIsMissingHasItsDefault() throws {
    let json = #"{"layers": [{"kind": {"name": "linear", "settings": {"outputs": 3}}}]}"#
    let description = try NetworkDescription(json: Data(json.utf8))
    #expect(description.layers == [linear(3)] && description.loss == nil)
  }

  @Test func whatIsNoNetworkIsRefused() {
    let error = #expect(throws: LabbookError.self) {
      try NetworkDescription(json: Data("[1".utf8))
    }
    #expect(error?.message.hasPrefix("the network that the run keeps cannot be read: ") == true)
    #expect(error?.status == 1)
  }
}
