using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>One referral as both ends name it.</summary>
internal sealed record Referral(RowId CaseId, RowId Here, RowId OutboxId, RowId There);
