using Aios.Tests.BlackBox;

namespace Aios.Tests.Examples;

/// <summary>Each home in examples/ that asks language models does its task.</summary>
public sealed class ModelExampleTests
{
    [RequiresFact]
    public void Llm_queue_answers_one_question_at_a_time_and_asks_again()
    {
        using var model = new HttpReceiver
        {
            Reply = (_, _) =>
                """
                    {"model": "llama3.2", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Light scatters."},
                    "finish_reason": "stop"}], "usage": {"prompt_tokens": 30, "completion_tokens": 12, "total_tokens": 42}}
                    """,
        };
        using var home = ExampleHome.Copy("llm-queue", ("backoff: [2s, 10s, 35s]", "backoff: 100ms"));
        ExampleHome.Change(home, "models.yaml", ("http://127.0.0.1:11434", model.Url));
        model.AnswerNext("503 Loading");
        home.Start();
        var asked = Enumerable.Range(0, 3).Select(number => home.Insert("ask", $$"""{"prompt": "Why {{number}}?"}""")).ToList();
        Assert.All(asked, id => Assert.Equal("succeeded", home.Closed(id, 60).Status));

        Assert.All(home.RunsOf("ask").Where(run => run.Status == "succeeded"), run => Assert.Equal("\"Light scatters.\"", run.Result));
        Assert.Single(home.RunsOf("ask"), run => run.Status == "failed" && run.Reason!.Contains("503", StringComparison.Ordinal));
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM runs a JOIN runs b ON a.id < b.id AND b.started < a.ended"));
        Assert.All(model.Requests, request => Assert.StartsWith("POST /v1/chat/completions ", request.Line, StringComparison.Ordinal));
        Assert.Contains(model.Bodies, body =>
            body.Contains("Why 2?", StringComparison.Ordinal) && body.Contains("Answer briefly", StringComparison.Ordinal)
        );
        Assert.Equal(36, home.Get<int>("SELECT sum(output_tokens) FROM calls"));
    }
}
