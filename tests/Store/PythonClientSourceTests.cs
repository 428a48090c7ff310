using Aios.Store.Client;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Store;

/// <summary>The file that Python programs import as <c>aios</c>.</summary>
public sealed class PythonClientSourceTests
{
    [RequiresFact(Need.Python)]
    public void It_is_written_for_Python_3_7_and_only_needs_the_standard_library()
    {
        using var folder = new TemporaryFolder();
        var source = PythonClient.Read();
        Assert.Equal(File.ReadAllText(PythonByHand.Module), source);
        var output = PythonByHand.Run(
            folder.Path,
            """
            import ast, sys
            tree = ast.parse(open(aios.__file__).read(), feature_version=(3, 7))
            names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            print(sorted(name for name in names if name.split('.')[0] not in sys.stdlib_module_names))
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    given = [a for a in node.args.args + node.args.kwonlyargs if a.arg != 'self']
                    assert node.returns is not None and all(a.annotation is not None for a in given), node.name
            """
        );
        Assert.Equal("[]", output);
    }
}
