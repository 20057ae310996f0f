using CbssReturn.Auditor.Sources;

namespace CbssReturn.Auditor.Watch;

/// <summary>Where one log is read.</summary>
/// <param name="InOrder">For reading it from left to right.</param>
/// <param name="Single">For single files here and there; may be the same.</param>
internal sealed record LogSources(ILogSource InOrder, ILogSource Single);
