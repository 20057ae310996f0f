using CbssReturn.Outcomes;
using Google.Protobuf;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Unknown fields: kept in sections, refused in control parts (docs/spec/casework.md, rule 1.7).</summary>
public static class WireRules
{
    /// <summary>Says whether a message, or one inside it, holds fields of a newer format. They stay in the stored bytes
    /// and are not shown; whoever reads the section is told that there is more.</summary>
    /// <param name="message">A message as it was parsed from its bytes.</param>
    public static bool HasNewerFields(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var known = message.Descriptor.Parser.WithDiscardUnknownFields(true).ParseFrom(message.ToByteString());
        return known.CalculateSize() != message.CalculateSize();
    }

    /// <summary>Checks that a control part holds no field that this program does not know.</summary>
    /// <param name="message">A message as it was parsed from its bytes.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.FieldUnknown"/>.</returns>
    public static Result<Done> CheckControlPart(IMessage message) =>
        HasNewerFields(message)
            ? new Refusal(RefusalCode.FieldUnknown, "A control part holds a field that is not known here.")
            : Done.Instance;
}
