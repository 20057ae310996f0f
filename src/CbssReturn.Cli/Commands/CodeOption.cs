using System.CommandLine;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Commands;

/// <summary>An option whose value is a code of a proto enum in its short form.</summary>
/// <typeparam name="T">The generated enum.</typeparam>
internal sealed class CodeOption<T> : Option<string>
    where T : struct, Enum
{
    private readonly EnumDescriptor _type;

    /// <summary>Makes the option; its help lists the codes.</summary>
    /// <param name="name">Name with hyphens.</param>
    /// <param name="type">Descriptor of <typeparamref name="T"/>.</param>
    /// <param name="description">What the code says, without a final full stop.</param>
    public CodeOption(string name, EnumDescriptor type, string description)
        : base(name)
    {
        _type = type;
        HelpName = "CODE";
        Description = $"{description}: {string.Join(", ", JsonCodes.Names(type))}.";
        CompletionSources.Add(_ => JsonCodes.Names(type).Select(code =>
            new System.CommandLine.Completions.CompletionItem(code)));
    }

    /// <summary>Reads the code that was given.</summary>
    /// <returns>The value, zero when the option is absent, or a refusal with <see cref="RefusalCode.CodeUnknown"/>.
    /// </returns>
    public Result<T> Read(ParseResult parsed) =>
        parsed.GetValue(this) is not { } text ? default(T) : Parse(_type, text, Name);

    /// <summary>Reads a code.</summary>
    /// <param name="type">Descriptor of <typeparamref name="T"/>.</param>
    /// <param name="text">The short form.</param>
    /// <param name="field">What to name in the refusal.</param>
    public static Result<T> Parse(EnumDescriptor type, string text, string field) =>
        JsonCodes.Parse(type, text) is { } number
            ? (T)Enum.ToObject(typeof(T), number)
            : new Refusal(
                RefusalCode.CodeUnknown,
                $"There is no such code. Known are: {string.Join(", ", JsonCodes.Names(type))}.",
                field);
}
