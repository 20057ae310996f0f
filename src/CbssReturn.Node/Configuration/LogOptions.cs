using System.ComponentModel.DataAnnotations;

namespace CbssReturn.Node.Configuration;

/// <summary>Logging: JSON lines on standard error, without personal data.</summary>
internal sealed class LogOptions
{
    /// <summary>Least level that is written: Trace, Debug, Information, Warning, Error, Critical or None. Default
    /// Information.</summary>
    [EnumDataType(typeof(LogLevel))]
    public LogLevel Level { get; init; } = LogLevel.Information;
}
