using System.Buffers;
using System.Globalization;
using System.Net;
using CbssReturn.Outcomes;

namespace CbssReturn.Exchange.Directory;

/// <summary>Where a node can be called.</summary>
/// <remarks>Text form: <c>host:port</c>, where the host is a lower-case DNS name, an IPv4 address or an IPv6 address in
/// brackets, and the port has no leading zero. One endpoint has one spelling.</remarks>
public sealed record PeerEndpoint
{
    /// <summary>Longest text form, in characters.</summary>
    public const int LengthMax = 260;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private PeerEndpoint(string host, int port) => (Host, Port) = (host, port);

    /// <summary>DNS name or address, without brackets.</summary>
    public string Host { get; }

    /// <summary>TCP port, 1 to 65,535.</summary>
    public int Port { get; }

    /// <summary>Reads the canonical text form.</summary>
    /// <returns>The endpoint, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<PeerEndpoint> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        if (colon > 0
            && text.Length <= LengthMax
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue)
        {
            var host = text[..colon];
            var endpoint = new PeerEndpoint(host is ['[', .. var inner, ']'] ? inner : host, port);
            if (IsHost(endpoint.Host) && endpoint.ToString() == text)
            {
                return endpoint;
            }
        }

        return new Refusal(RefusalCode.FieldMalformed, "An endpoint is host:port, for example node.example:7443.");
    }

    /// <summary>Returns the canonical text form.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    private static bool IsHost(string host) => Uri.CheckHostName(host) switch
    {
        UriHostNameType.Dns => !host.AsSpan().ContainsAnyExcept(NameCharacters),
        UriHostNameType.IPv4 or UriHostNameType.IPv6 =>
            IPAddress.TryParse(host, out var address) && address.ToString() == host,
        UriHostNameType.Unknown or UriHostNameType.Basic => false,
        _ => false,
    };
}
