import CMachine

/// Memory that this process has taken and needs no more.
public enum FreeMemory {
  /// Gives whole pages that are free back to the system, wherever they lie.
  ///
  /// malloc keeps what lies below something that is still used, so that a process that has once done
  /// something large stays as large.
  public static func giveBack() { labbook_give_back() }

  /// Makes large blocks go back to the system as soon as they are freed; for a process that stays for hours.
  public static func keepNoLargeBlocks() { labbook_keep_no_large_blocks() }
}
