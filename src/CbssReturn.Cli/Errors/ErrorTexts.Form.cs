using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Errors;

// Form: the codes 1000 to 1999.
internal static partial class ErrorTexts
{
    private static IReadOnlyList<(RefusalCode Code, string Meaning, string NextStep)> Form =>
    [
        (RefusalCode.FieldMissing,
            "A field that is required is not there.",
            "Add the field that the message names and repeat the command."),
        (RefusalCode.FieldMalformed,
            "A field does not have the form that is asked for.",
            "Correct the field that the message names; `cbss referral new --help` shows the form of a file."),
        (RefusalCode.FieldTooLong,
            "A text or list of bytes is longer than allowed.",
            "Shorten the field that the message names; say the rest by telephone."),
        (RefusalCode.TooMany,
            "A list holds more than allowed.",
            "Take entries out of the list that the message names."),
        (RefusalCode.FieldUnknown,
            "A field is not known, so what it says would be lost in silence.",
            "Correct the name; samples/README.md lists the fields."),
        (RefusalCode.CodeUnknown, "A code is not in its list.", "Use one of the codes that the message names."),
        (RefusalCode.IdentifierMalformed,
            "An id is not in its one form, or too few of its digits were given.",
            "Copy the whole id, for example from `cbss referral list`."),
        (RefusalCode.NumberOutOfRange, "A number is outside its range.", "Correct the number that the message names."),
        (RefusalCode.FieldNotAllowed, "A field must be empty here.", "Take the field that the message names out."),
        (RefusalCode.ValueTwice, "A value stands twice where it may stand once.", "Take one of the two out."),
        (RefusalCode.JsonMalformed,
            "The file is not well-formed JSON in UTF-8.",
            "Correct the file at the place that the message names."),
        (RefusalCode.FileUnreadable,
            "A file cannot be read or written.",
            "Check the path and who may read it, then repeat the command."),
        (RefusalCode.UsageWrong,
            "The command line is not understood.",
            "Read `cbss --help`, or --help after the command you want."),
        (RefusalCode.NotFound,
            "There is nothing with this id on this node.",
            "Look for the id with `cbss referral list`."),
        (RefusalCode.ZoneUnknown,
            "A time zone is not known by this machine.",
            "Write the zone as the IANA list does, for example Europe/Tallinn."),
        (RefusalCode.LocalTimeInvalid,
            "A local time does not exist in its zone, or does not have that offset from UTC.",
            "Check the hour against the change of the clocks and write the offset that the zone has then."),
        (RefusalCode.DatesContradict,
            "Two dates or times contradict each other.",
            "Correct the later or the earlier of the two that the message names."),
        (RefusalCode.FileTooLarge, "A file is larger than allowed.", "Take out what this file need not hold."),
    ];
}
