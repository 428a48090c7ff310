using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Tests.Store.Contract;

/// <summary>Each operation of the port is called by the contract that every kind of database has to pass.</summary>
public sealed class CoverageTests
{
    private static readonly (Type Part, string Receiver)[] Parts =
    [
        (typeof(IDatabase), "[dD]atabase"),
        (typeof(IDatabaseWatch), "watch"),
        (typeof(IStoreConnection), @"([cC]onnection|Connect\(\))"),
        (typeof(IStore), "store"),
        (typeof(IStoreChanges), "changes"),
        (typeof(IStoreReader), "reader"),
        (typeof(IStoreTransaction), "store"),
        // The subjects of a transaction, each by its own name.
        .. typeof(IStoreTransaction)
            .GetProperties()
            .Where(property =>
                property.PropertyType.IsInterface && property.PropertyType.Namespace!.StartsWith("Aios.", StringComparison.Ordinal)
            )
            .Select(property => (property.PropertyType, $@"\.{property.Name}")),
    ];

    // Their contract is still to be written; take a line away with it.
    private static readonly Type[] WithoutContract = [typeof(IFlows), typeof(IApprovals)];

    [Fact]
    public void Each_operation_is_called()
    {
        var calls = string.Join('\n', Directory.EnumerateFiles(Folder(), "*Contract.cs").Select(File.ReadAllText));
        Assert.True(Parts.Length > 20);
        Assert.Empty(
            Parts.SelectMany(part =>
                Operations(part.Part).Where(name => !IsCalled(part.Receiver, name)).Select(name => $"{part.Part.Name}.{name}")
            )
        );

        bool IsCalled(string receiver, string name) => Regex.IsMatch(calls, $@"{receiver}!?\s*\.{name}\b");
    }

    private static IEnumerable<string> Operations(Type part) =>
        part.GetMembers()
            .Where(member => member is not MethodInfo { IsSpecialName: true } and not FieldInfo && !IsWithoutContract(member))
            .Select(member => member.Name)
            .Distinct();

    private static bool IsWithoutContract(MemberInfo member) =>
        WithoutContract.Contains(member.DeclaringType)
        || (member is PropertyInfo property && WithoutContract.Contains(property.PropertyType));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
