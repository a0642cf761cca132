import Foundation

/// Why the system refused a file, in its own words: `Permission denied`, `Is a directory`.
///
/// Foundation wraps the system's error; its own text for many is a number alone.
public func fileReason(_ error: any Error) -> String {
  let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey]
  if let system = underlying as? POSIXError { return systemReason(system.code.rawValue) }
  if let system = underlying as? NSError, system.domain == NSPOSIXErrorDomain {
    return systemReason(Int32(system.code))
  }
  // Writing under another name first, Foundation forgets that no file could be opened.
  let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
  if file < 0 { return systemReason(errno) }
  close(file)
  return error.localizedDescription
}

/// What the system calls an error by its number, with the way out where a limit of the process or of the
/// machine was met.
public func systemReason(_ code: Int32) -> String {
  let text = String(cString: strerror(code))
  return switch code {
  case EMFILE: text + " (this process may open no more: raise ulimit -n)"
  case ENFILE: text + " (the machine has no more: end other programs)"
  case ENOMEM: text + " (end other programs, or raise ulimit -v)"
  default: text
  }
}
