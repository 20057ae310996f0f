using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>The database.</summary>
internal sealed class StoreOptions
{
    /// <summary>Path of the SQLite file; its folder is the data folder, used by one process at a time. Default
    /// <c>node.db</c>.</summary>
    [Required]
    public string File { get; init; } = "node.db";
}
