namespace CbssReturn.AuditLog;

/// <summary>Witnesses and groups of which some must agree.</summary>
/// <param name="Name">How the policy calls it.</param>
/// <param name="Threshold">How many members must have cosigned, 1 to their number.</param>
/// <param name="Members">Names of witnesses and of groups before this one; never empty, each a member of one group
/// at most.</param>
public sealed record PolicyGroup(string Name, int Threshold, IReadOnlyList<string> Members);
