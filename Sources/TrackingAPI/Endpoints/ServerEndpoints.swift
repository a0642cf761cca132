import Web

/// What a client asks of the server itself.
struct ServerEndpoints {
  /// The version of MLflow whose clients this API was written for.
  static let version = "3.17.2"

  var all: [Endpoint] {
    [
      .get("server-info", []) { _ in
        .object { writer in
          writer.field("store_type", "LabbookStore")
          for name in [
            "workspaces_enabled", "trace_archival_enabled", "multipart_uploads_enabled",
            "multipart_downloads_enabled", "presigned_upload_run_id_supported",
            "presigned_upload_model_id_supported",
          ] {
            writer.name(name)
            writer.flag(false)
          }
          writer.name("features_enabled")
          writer.object { _ in }
        }
      }
    ]
  }
}
