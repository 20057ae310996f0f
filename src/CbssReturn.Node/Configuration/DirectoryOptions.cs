using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>The signed list of nodes (docs/spec/directory.md).</summary>
internal sealed class DirectoryOptions
{
    /// <summary>Path of the directory. A changed file is taken up within a second. Default <c>directory</c>.</summary>
    [Required]
    public string File { get; init; } = "directory";

    /// <summary>Path of the root's public key: 64 lower-case hex digits and a line break. Default
    /// <c>directory-root.pub</c>.</summary>
    [Required]
    public string RootFile { get; init; } = "directory-root.pub";
}
