using CbssReturn.Cli.Commands;
using Spectre.Console;

namespace CbssReturn.Cli.Output;

/// <summary>Writes answers to standard output.</summary>
internal static class ReportPrinter
{
    /// <summary>Writes one answer as the session asks for it.</summary>
    public static void Print(Session session, Report report)
    {
        if (session.Json)
        {
            session.Output.WriteLine(report.Json);
            return;
        }

        if (session.Quiet)
        {
            if (report.Essential is not null)
            {
                session.Output.WriteLine(report.Essential);
            }

            return;
        }

        foreach (var line in report.Lines)
        {
            session.Output.WriteLine(line);
        }

        if (report.Grid is { } grid)
        {
            Print(session, grid);
        }
    }

    private static void Print(Session session, Grid grid)
    {
        if (grid.Rows.Count == 0)
        {
            session.Output.WriteLine(grid.Empty);
        }
        else if (!session.IsTerminal)
        {
            session.Output.WriteLine(string.Join('\t', grid.Heads));
            foreach (var row in grid.Rows)
            {
                session.Output.WriteLine(string.Join('\t', row));
            }
        }
        else
        {
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var head in grid.Heads)
            {
                table.AddColumn(new TableColumn(new Text(head)).NoWrap());
            }

            foreach (var row in grid.Rows)
            {
                table.AddRow(row.Select(cell => new Text(cell)));
            }

            Terminal.Create(session).Write(table);
        }
    }
}
