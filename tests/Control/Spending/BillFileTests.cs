using Aios.Control.Spending;

namespace Aios.Tests.Control.Spending;

/// <summary>Exports of providers.</summary>
public sealed class BillFileTests
{
    [Theory]
    [InlineData("request_id,cost\nreq_1,0.0123\n")]
    [InlineData("date,ID,Model,Amount\r\n2026-12-01,req_1,\"a, \"\"b\"\"\",0.0123\r\n")]
    [InlineData("id,request_id,cost_usd\nother,req_1,1.23e-2")]
    [InlineData("\n{\"request_id\": \"req_1\", \"cost\": 0.0123}")]
    [InlineData("{\"id\": \"req_1\", \"cost_usd\": \"0.0123\", \"model\": {\"name\": \"x\"}}\n\n")]
    public void The_columns_are_found_by_their_names(string text)
    {
        var row = Assert.Single(BillFile.Read(text));
        Assert.Equal(("req_1", 12_300_000), (row.Id, row.Amount));
    }

    [Theory]
    [InlineData("id,request_id,cost\nx,req_1,1", "req_1", "x")]
    [InlineData("request_id,id,cost\n,x,1", "x")]
    [InlineData("request_id,id,cost\n,,1")]
    [InlineData("{\"request_id\": null, \"id\": \"x\", \"cost\": null, \"amount\": 1}", "x")]
    [InlineData("{\"id\": \"x\", \"request_id\": \"req_1\", \"cost\": 1}", "req_1", "x")]
    public void Both_ids_of_a_row_are_kept(string text, params string[] ids) => Assert.Equal(ids, Assert.Single(BillFile.Read(text)).Ids);

    [Fact]
    public void The_lines_of_rows_are_those_of_the_file() =>
        Assert.Equal([2, 4, 6], BillFile.Read("id,note,cost\na,\"x\ny\",1\n\"b\",z,2\n\nc,,3\n").Select(row => row.Line));

    [Theory]
    [InlineData("", "found nothing, expected CSV")]
    [InlineData("request,price\na,1", "found the columns request, price, expected CSV")]
    [InlineData("id,cost\na", "line 2: found 1 fields, expected 2")]
    [InlineData("id,cost\na,$1", "line 2: found the cost \"$1\"")]
    [InlineData("id,cost\na,-0.01", "not negative")]
    [InlineData("id,cost\na,1e9", "line 2: found the cost \"1e9\"")]
    [InlineData("id,cost\na,1\nreq_1,1,234.50", "line 3: found 3 fields, expected 2")]
    [InlineData("id,cost\na,1\nb,\"2\nc,3\nd,4\n", "line 3: a quoted field begins and does not end")]
    [InlineData("{\"id\": \"a\"}", "line 1: found no cost")]
    [InlineData("{\"id\": null, \"cost\": 1}", "line 1: found no id")]
    [InlineData("{\"cost\": 1}", "line 1: found no id")]
    [InlineData("{\"id\": \"a\", \"cost\": 1}\n[]", "line 2: found no JSON object")]
    [InlineData("""{"id": "\ud800", "cost": 1}""", "line 1: found a text with half a character")]
    [InlineData("""{"\ud800": "a", "id": "req_1", "cost": 1}""", "line 1: found a text with half a character")]
    public void What_is_something_else_is_refused(string text, string words) =>
        Assert.Contains(words, Assert.Throws<BillFileException>(() => BillFile.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("0.0123", 12_300_000L)]
    [InlineData("0.30000000000000004", 300_000_000L)]
    [InlineData("0.0000000001", 1L)]
    [InlineData("-0.01", null)]
    [InlineData("1000001", null)]
    public void A_cost_is_exact_to_a_billionth_of_a_dollar(string cost, long? amount) =>
        Assert.Equal(amount, CallReconciliation.AmountOf(decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture)));
}
