using CbssReturn.Outcomes;
using CbssReturn.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>What is said about a failure promises no more than is known.</summary>
public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(13, 13, true)]  // full
    [InlineData(10, 10 | (19 << 8), false)]  // the index of the write-ahead log cannot grow
    public void ToRefusal_OfAFullDisk_PromisesThatNothingIsKeptOnlyWhenThatIsCertain(
        int code, int extendedCode, bool isCertain)
    {
        var failure = new SqliteException("a fault on purpose", code, extendedCode);

        var refusal = SqliteErrors.ToRefusal(failure);

        Assert.Equal(RefusalCode.DiskFull, refusal.Code);
        Assert.Equal(isCertain, SqliteErrors.IsCertainlyNotKept(failure));
        Assert.Equal(isCertain, refusal.Message.Contains("Nothing of this was stored", StringComparison.Ordinal));
    }
}
