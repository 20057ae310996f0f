using CbssReturn.Outcomes;

namespace CbssReturn.Node.Workers;

/// <summary>How the last push to an auditor went.</summary>
/// <param name="ReachedAt">When it last took everything, in UTC; null for never since the node started.</param>
/// <param name="Held">Entries of this node's log that it holds, as far as is known.</param>
/// <param name="LastCode">Why the newest push failed; null when it went well.</param>
internal sealed record AuditorContact(DateTimeOffset? ReachedAt, long Held, RefusalCode? LastCode);
