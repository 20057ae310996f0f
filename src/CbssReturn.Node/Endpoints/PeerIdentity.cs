using System.Security.Claims;
using CbssReturn.Sealing;
using Grpc.Core;

namespace CbssReturn.Node.Endpoints;

/// <summary>Carries who calls from the certificate scheme to the endpoint.</summary>
internal static class PeerIdentity
{
    /// <summary>Makes the principal of a peer.</summary>
    /// <param name="peer">The node that the certificate belongs to.</param>
    /// <param name="scheme">Name of the scheme that found out.</param>
    public static ClaimsPrincipal Principal(NodeId peer, string scheme) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, peer.ToString())], scheme));

    /// <summary>Reads who calls.</summary>
    /// <exception cref="InvalidOperationException">The call went past authentication, which the host must not allow.
    /// </exception>
    public static NodeId Of(ServerCallContext context) =>
        context.GetHttpContext().User.FindFirstValue(ClaimTypes.NameIdentifier) is { } text
        && NodeId.Parse(text).TryGet(out var peer, out _)
            ? peer
            : throw new InvalidOperationException("A call without an authenticated peer.");
}
