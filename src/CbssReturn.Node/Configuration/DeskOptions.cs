using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>Where this node's own people call: a Unix domain socket with mode 0600 in a folder with mode
/// 0700.</summary>
internal sealed class DeskOptions
{
    /// <summary>Longest path of a socket that the kernel takes, in bytes.</summary>
    public const int SocketPathBytesMax = 107;

    /// <summary>Path of the socket, at most 107 bytes when made absolute. Default <c>desk/desk.sock</c>.</summary>
    [Required]
    public string Socket { get; init; } = "desk/desk.sock";
}
