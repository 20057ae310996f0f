using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Configuration;

/// <summary>Reads <c>node.json</c> strictly: a key that is not known, stands twice or has a value outside its bounds is
/// refused at start, so that a misspelt limit never goes unnoticed.</summary>
internal static class NodeConfigurationLoader
{
    /// <summary>Largest configuration, in bytes.</summary>
    public const int SizeBytesMax = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    private static readonly JsonDocumentOptions DocumentOptions = new() { AllowDuplicateProperties = false };

    /// <summary>Reads and checks a configuration file.</summary>
    /// <returns>The configuration, or <see cref="RefusalCode.ConfigurationMalformed"/>,
    /// <see cref="RefusalCode.ConfigurationKeyUnknown"/> or <see cref="RefusalCode.FileTooLarge"/>.</returns>
    public static Result<NodeConfiguration> Load(string path)
    {
        var file = Path.GetFullPath(path);
        return PrivateFiles.ReadPublic(file, SizeBytesMax, RefusalCode.ConfigurationMalformed)
            .Then(Parse)
            .Then(options => Check(file, options));
    }

    /// <summary>Writes options as a configuration file has them.</summary>
    public static byte[] Write(NodeOptions options) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(options, Json), (byte)'\n'];

    private static Result<NodeOptions> Parse(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, DocumentOptions);
            if (FindUnknown(document.RootElement, typeof(NodeOptions), string.Empty) is { } unknown)
            {
                return new Refusal(
                    RefusalCode.ConfigurationKeyUnknown, $"The configuration has no key {unknown}.", unknown);
            }

            return document.Deserialize<NodeOptions>(Json)
                ?? (Result<NodeOptions>)new Refusal(RefusalCode.ConfigurationMalformed, "The configuration is empty.");
        }
        catch (JsonException error)
        {
            return new Refusal(
                RefusalCode.ConfigurationMalformed,
                $"The configuration is not well-formed, or a value has the wrong type, near line {Line(error)}.",
                error.Path?.TrimStart('$', '.'));
        }
    }

    private static string? FindUnknown(JsonElement element, Type type, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        using var members = element.EnumerateObject();
        foreach (var member in members)
        {
            var here = path + member.Name;
            if (!known.TryGetValue(member.Name, out var property))
            {
                return here;
            }

            if (IsSection(property) && FindUnknown(member.Value, property.PropertyType, here + ".") is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    private static Result<NodeConfiguration> Check(string file, NodeOptions options)
    {
        if (FindBreach(options, string.Empty) is { } breach)
        {
            return breach;
        }

        if (!NodeId.Parse(options.NodeId).TryGet(out var nodeId, out var refusal))
        {
            return new Refusal(RefusalCode.ConfigurationMalformed, refusal.Message, "node_id");
        }

        if (!IPAddress.TryParse(options.Listen.Address, out _))
        {
            return new Refusal(
                RefusalCode.ConfigurationMalformed, "The address of an interface is IPv4 or IPv6.", "listen.address");
        }

        var configuration = new NodeConfiguration(file, options, nodeId);
        return Encoding.UTF8.GetByteCount(configuration.DeskSocketPath) <= DeskOptions.SocketPathBytesMax
            ? configuration
            : new Refusal(
                RefusalCode.ConfigurationMalformed,
                $"The path of the socket is longer than {DeskOptions.SocketPathBytesMax} bytes.",
                "desk.socket");
    }

    private static Refusal? FindBreach(object options, string path)
    {
        var breaches = new List<ValidationResult>();
        var context = new ValidationContext(options);
        if (!Validator.TryValidateObject(options, context, breaches, validateAllProperties: true))
        {
            var field = path + JsonNamingPolicy.SnakeCaseLower.ConvertName(breaches[0].MemberNames.First());
            return new Refusal(
                RefusalCode.ConfigurationMalformed,
                $"The value of {field} is not allowed: {breaches[0].ErrorMessage}",
                field);
        }

        return options.GetType().GetProperties()
            .Where(IsSection)
            .Select(property => FindBreach(
                property.GetValue(options)!,  // checked by [Required] just above
                $"{path}{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}."))
            .FirstOrDefault(breach => breach is not null);
    }

    private static long Line(JsonException error) => (error.LineNumber ?? 0) + 1;

    private static bool IsSection(PropertyInfo property) =>
        property.PropertyType.Namespace == typeof(NodeOptions).Namespace;
}
