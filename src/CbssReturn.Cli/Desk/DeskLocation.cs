using System.Text.Json;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Desk;

/// <summary>Finds the desk socket of a node.</summary>
internal static class DeskLocation
{
    private const int ConfigSizeBytesMax = 64 * 1024;

    // What cbss-node takes when its configuration leaves desk.socket out.
    private const string SocketDefault = "desk/desk.sock";

    /// <summary>Finds it: the socket named, else the one in the configuration named.</summary>
    /// <returns>The path, or a refusal with <see cref="RefusalCode.UsageWrong"/> or about the configuration file.
    /// </returns>
    public static Result<string> Find(string? socketPath, string? configPath)
    {
        if (socketPath is not null)
        {
            return socketPath;
        }

        return configPath is null
            ? new Refusal(
                RefusalCode.UsageWrong,
                "Neither --socket nor --config names a node, and CBSS_SOCKET and CBSS_CONFIG are not set.")
            : InputFile.Read(configPath, ConfigSizeBytesMax).Then(bytes => FromConfig(bytes, configPath));
    }

    private static Result<string> FromConfig(ReadOnlyMemory<byte> bytes, string configPath)
    {
        try
        {
            using var config = JsonDocument.Parse(bytes);
            var folder = Path.GetDirectoryName(Path.GetFullPath(configPath)) ?? "/";
            return config.RootElement.ValueKind == JsonValueKind.Object
                ? Path.GetFullPath(SocketIn(config.RootElement) ?? SocketDefault, folder)
                : Malformed("The configuration is not a JSON object.");
        }
        catch (JsonException)
        {
            return Malformed("The configuration is not well-formed JSON.");
        }
    }

    private static string? SocketIn(JsonElement config) =>
        config.TryGetProperty("desk", out var desk)
        && desk.ValueKind == JsonValueKind.Object
        && desk.TryGetProperty("socket", out var socket)
        && socket.ValueKind == JsonValueKind.String
            ? socket.GetString()
            : null;

    private static Refusal Malformed(string message) => new(RefusalCode.ConfigurationMalformed, message);
}
