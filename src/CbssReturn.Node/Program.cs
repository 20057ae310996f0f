using System.CommandLine;
using CbssReturn.Node.Verbs;

var console = new VerbConsole(Console.Out, Console.Error);
var root = new RootCommand("A node of CbssReturn: exchanges end-to-end encrypted referral packets with other nodes.")
{
    InitVerb.Make(console, TimeProvider.System),
    RunVerb.Make(console, TimeProvider.System),
    CertsVerb.Make(console, TimeProvider.System),
    DirectoryVerb.Make(console, TimeProvider.System),
    LogVerb.Make(console, TimeProvider.System),
};

// Signals belong to the node, which stops in its own order; a limit of the parser's would cut that short.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
