import Foundation

/// Why the system refused a file, in its own words: `Permission denied`, `Is a directory`.
///
/// Foundation wraps the system's error; its own text for many is a number alone.
public func fileReason(_ error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey]
  if let system = underlying as? POSIXError {
    return String(cString: strerror(system.code.rawValue))
  }
  if let system = underlying as? NSError, system.domain == NSPOSIXErrorDomain {
    return String(cString: strerror(Int32(system.code)))
  }
  return error.localizedDescription
}
