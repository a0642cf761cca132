import Dashboard
import Foundation
import RunStorage
import Serving
import TrackingAPI
import Web

guard let text = ProcessInfo.processInfo.environment[ServeOrder.variable],
  let order = try? JSONDecoder().decode(ServeOrder.self, from: Data(text.utf8))
else {
  FileHandle.standardError.write(
    Data("error: labbook-serve is started by 'labbook serve'\n".utf8))
  exit(2)
}
unsetenv(ServeOrder.variable)
let store = try RunStore(at: order.store, .create)
let notebook = try NotebookService(order, store)
var services: [any WebService] = [TrackingService(store, readOnly: order.readOnly)]
if let notebook { services.append(notebook) }
services.append(DashboardService(store))
let server = Server(order, services: services)
defer { notebook?.close() }
try await server.run { lines in
  FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
}
