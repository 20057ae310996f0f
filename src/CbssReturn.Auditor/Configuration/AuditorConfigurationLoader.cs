using System.Text.Json;
using System.Text.Json.Serialization;
using CbssReturn.Auditor.Files;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Configuration;

/// <summary>Reads <c>auditor.json</c> strictly: a key that is not known, stands twice or has a value of the wrong type
/// is refused, so that a misspelt limit never goes unnoticed.</summary>
internal static class AuditorConfigurationLoader
{
    /// <summary>Largest file, in bytes.</summary>
    public const int SizeBytesMax = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads and checks a file.</summary>
    /// <returns>The configuration, or a refusal with <see cref="RefusalCode.ConfigurationMalformed"/> that names the
    /// field, or with a code of files.</returns>
    public static Result<AuditorConfiguration> Load(string path)
    {
        var file = Path.GetFullPath(path);
        return SmallFile.Read(file, SizeBytesMax)
            .Then(Parse)
            .Then(options => new ConfigurationCheck(Path.GetDirectoryName(file)!).Check(options));  // a file is in one
    }

    private static Result<AuditorOptions> Parse(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditorOptions>(content, Json)
                ?? (Result<AuditorOptions>)new Refusal(
                    RefusalCode.ConfigurationMalformed, "The configuration is empty.");
        }
        catch (JsonException error)
        {
            return new Refusal(
                RefusalCode.ConfigurationMalformed,
                "The configuration is not well-formed, or a key is missing, unknown, or has a value of the wrong type"
                    + FormattableString.Invariant($", near line {(error.LineNumber ?? 0) + 1}."),
                error.Path?.TrimStart('$', '.'));
        }
    }
}
