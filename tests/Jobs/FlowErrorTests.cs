using Aios.Tests.Flows;

namespace Aios.Tests.Jobs;

/// <summary>Each mistake in the steps of a flow that can be known from the list, and the whole message that follows.</summary>
public sealed class FlowErrorTests
{
    [Theory]
    [InlineData(
        "{name: a}",
        4,
        7,
        "f/a",
        null,
        "\"file\" or \"command\" or \"shell\" or \"llm\" or \"job\" or \"approval\" or \"wait\" or \"set\" is missing; a step "
            + "needs one of them."
    )]
    [InlineData(
        "{file: a.py}",
        4,
        7,
        "f/#1",
        "name",
        "missing; each step needs it: 1 to 128 of the characters A-Z a-z 0-9 _ - . with no dot at the beginning."
    )]
    [InlineData(
        "{name: a/b, set: 1}",
        4,
        14,
        "f/a/b",
        "name",
        "found \"a/b\", expected 1 to 128 of the characters A-Z a-z 0-9 _ - . with no dot at the beginning."
    )]
    [InlineData("{name: a, set: 1, command: [x]}", 4, 17, "f/a", null, "\"command\" and \"set\" exclude each other; keep one of them.")]
    [InlineData(
        "{name: a, wait: 1h, approval: Send?}",
        4,
        17,
        "f/a",
        null,
        "\"approval\" and \"wait\" exclude each other; keep one of them."
    )]
    [InlineData("{name: a, comand: [x]}", 4, 17, "f/a", null, "unknown field \"comand\". Did you mean \"command\"?")]
    [InlineData(
        "send",
        4,
        7,
        "f/#1",
        null,
        "found \"send\", expected the fields of a step, such as \"name: check\" and \"file: check.py\"."
    )]
    [InlineData("{name: a, set: 1, type: trigger}", 4, 25, "f/a", null, "unknown field \"type\".")]
    [InlineData("{name: a, set: 1, notify: {to: 'mail:a@b.c'}}", 4, 25, "f/a", null, "unknown field \"notify\".")]
    [InlineData("{name: a, set: 1, enabled: false}", 4, 25, "f/a", null, "unknown field \"enabled\".")]
    [InlineData("{name: a, set: 1, needs: [c]}", 4, 32, "f/a", "needs", "the flow has no step named \"c\". Did you mean \"a\"?")]
    [InlineData(
        "{name: fetch, set: 1}\n    - {name: a, set: 1, needs: [fetc]}",
        5,
        32,
        "f/a",
        "needs",
        "the flow has no step named \"fetc\". Did you mean \"fetch\"?"
    )]
    [InlineData("{name: a, set: 1, needs: [a]}", 4, 32, "f/a", "needs", "names the step itself; remove it.")]
    [InlineData(
        "{name: a, set: 1, needs: {b: 1}}",
        4,
        32,
        "f/a",
        "needs",
        "found a map with \"b\", expected a list of names of steps such as [check, fetch]."
    )]
    [InlineData(
        "{name: a, set: 1}\n    - {name: a, set: 2}",
        5,
        14,
        "f/a",
        "name",
        "used twice; the first is on line 4. Give one of the two another name."
    )]
    [InlineData(
        "{name: a, set: 1, needs: c}\n    - {name: b, set: 2, needs: a}\n    - {name: c, set: 2, needs: b}",
        4,
        5,
        "f",
        "steps",
        "the steps need each other in a circle (a → c → b → a); remove one of these needs."
    )]
    [InlineData(
        "{name: a, command: [x], on_failure: ignore}",
        4,
        43,
        "f/a",
        "on_failure",
        "found \"ignore\", expected one of stop, continue."
    )]
    [InlineData(
        "{name: a, command: [x], always: perhaps}",
        4,
        39,
        "f/a",
        "always",
        "found \"perhaps\", expected true or false, without quotes."
    )]
    [InlineData(
        "{name: a, command: [x], max_parallel: 3}",
        4,
        45,
        "f/a",
        "max_parallel",
        "needs \"each\", which says for what the step runs; add it or remove this."
    )]
    [InlineData(
        "{name: a, command: [x], each: 7}",
        4,
        37,
        "f/a",
        "each",
        "found \"7\", expected a list such as [a, b], or a reference to one such as \"${steps.list.result}\"."
    )]
    [InlineData(
        "{name: a, command: [x], each: [1], max_parallel: 0}",
        4,
        56,
        "f/a",
        "max_parallel",
        "found \"0\", expected a whole number from 1 to 10,000."
    )]
    [InlineData(
        "{name: a, approval: Send?, each: [1]}",
        4,
        40,
        "f/a",
        "each",
        "goes with neither recover nor approval; put the step into a job of its own, and let each item run that (job: NAME)."
    )]
    [InlineData(
        "{name: a, command: [x], each: [1], recover: [retry]}",
        4,
        37,
        "f/a",
        "each",
        "goes with neither recover nor approval; put the step into a job of its own, and let each item run that (job: NAME)."
    )]
    [InlineData(
        "{name: a, wait: soon}",
        4,
        23,
        "f/a",
        "wait",
        "found \"soon\", expected a duration such as \"90s\", an instant such as \"2027-01-31T09:00:00Z\", or {signal: NAME}."
    )]
    [InlineData(
        "{name: a, wait: {signals: x}}",
        4,
        23,
        "f/a",
        "wait",
        "found a map with \"signals\", expected a duration such as \"90s\", an instant such as \"2027-01-31T09:00:00Z\", or {signal: NAME}."
    )]
    [InlineData(
        "{name: a, command: [x], timeout: soon}",
        4,
        40,
        "f/a",
        "timeout",
        "found \"soon\", expected a duration such as \"90s\", \"1h30m\" or \"2h\", longer than nothing."
    )]
    [InlineData(
        "{name: a, job: 'x y'}",
        4,
        22,
        "f/a",
        "job",
        "found \"x y\", expected 1 to 128 of the characters A-Z a-z 0-9 _ - . with no dot at the beginning."
    )]
    public void Fields(string step, int line, int column, string job, string? field, string message) =>
        Assert.Equal(
            $"Jobs/jobs.yaml:{line}:{column}: job \"{job}\"{(field is null ? "" : $", field \"{field}\"")}: {message}",
            Lists.Error(FlowRig.List("", step))
        );

    [Theory]
    [InlineData("'${step.a.result}'", "nothing is called \"step\"; there are args, kwargs, steps, flow. Did you mean \"steps\"?")]
    [InlineData("'${steps.x.result}'", "the flow has no step named \"x\". Did you mean \"b\"?")]
    [InlineData("'${steps.frist.result}'", "the flow has no step named \"frist\". Did you mean \"first\"?")]
    [InlineData("'${steps.later.result}'", "step \"later\" is not over when this one starts; add it to \"needs\".")]
    [InlineData("'${steps.b.result}'", "a step cannot refer to itself.")]
    [InlineData(
        "'${steps.first.resutl}'",
        "steps.first has no \"resutl\"; it has status, result, reason, attempt. Did you mean \"result\"?"
    )]
    [InlineData("'${flow.name}'", "flow has no \"name\"; it has id, job, started, attempt.")]
    [InlineData("'${item}'", "there is no \"item\" here; a step that runs for each item has it (each: [...]).")]
    [InlineData("{deep: [1, {v: '${index}'}]}", "there is no \"index\" here; a step that runs for each item has it (each: [...]).")]
    public void References(string value, string message)
    {
        var error = Lists.Error(FlowRig.List("", "{name: first, set: 1}", $"{{name: b, set: {value}}}", "{name: later, set: 1}"));
        Assert.StartsWith("Jobs/jobs.yaml:5:", error, StringComparison.Ordinal);
        Assert.EndsWith($": job \"f/b\", field \"set\": {message}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("command: [x, '${steps.late.result}']", "command")]
    [InlineData("command: [x], args: ['${steps.late.result}']", "args")]
    [InlineData("command: [x], env: {A: '${steps.late.result}'}", "env")]
    [InlineData("command: [x], timeout: '${steps.late.result}'", "timeout")]
    [InlineData("shell: 'echo ${steps.late.result} ${HOME}'", "shell")]
    [InlineData("command: [x], each: '${steps.late.result}'", "each")]
    [InlineData("command: [x], when: 'steps.late.result > 1'", "when")]
    [InlineData("approval: 'Send ${steps.late.result}?'", "approval")]
    [InlineData("approval: Send?, show: [steps.late.result]", "show")]
    [InlineData("approval: Send?, show: {a: '${steps.late.result}'}", "show")]
    [InlineData("wait: '${steps.late.result}'", "wait")]
    [InlineData("wait: {signal: 'paid-${steps.late.result}'}", "wait")]
    [InlineData("job: '${steps.late.result}'", "job")]
    [InlineData("command: [x], recover: [{with: {command: ['${steps.late.result}']}}]", "recover")]
    [InlineData("command: [x], recover: [{person: 'What of ${steps.late.result}?'}]", "recover")]
    public void References_are_checked_wherever_they_may_stand(string work, string field)
    {
        var error = Lists.Error(FlowRig.List("", $"{{name: a, {work}}}", "{name: late, set: 1}"));
        Assert.Contains($"job \"f/a\", field \"{field}\": step \"late\" is not over when this one starts", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'steps.first.result >'")]
    [InlineData("'1 +'")]
    [InlineData("'(('")]
    [InlineData("''")]
    [InlineData("'steps.first.result > 1; drop'")]
    [InlineData("'size('")]
    [InlineData("'\"open'")]
    [InlineData("[a]")]
    public void A_condition_that_does_not_parse_is_told_with_its_place(string condition)
    {
        var error = Lists.Error(FlowRig.List("", "{name: first, set: 1}", $"{{name: a, set: 1, when: {condition}}}"));
        Assert.StartsWith("Jobs/jobs.yaml:5:31: job \"f/a\", field \"when\": ", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 50, 400);
    }

    [Theory]
    [InlineData("when")]
    [InlineData("set")]
    public void A_text_of_a_megabyte_is_refused_in_few_words_and_soon(string field)
    {
        var text = string.Join(" + ", Enumerable.Repeat("1", 350_000));
        var began = System.Diagnostics.Stopwatch.StartNew();
        var error = Lists.Error(FlowRig.List("", $"{{name: a, {(field == "when" ? "set: 1, when" : "set")}: '${{{text} > 1}}'}}"));
        Assert.InRange(error.Length, 50, 600);
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(10), $"it took {began.Elapsed}");
    }

    [Theory]
    [InlineData('(', ')')]
    [InlineData('[', ']')]
    public void Deep_nesting_is_refused(char open, char close)
    {
        var error = Lists.Error(FlowRig.List("", $"{{name: a, set: 1, when: '{new string(open, 5000)}1{new string(close, 5000)} == 1'}}"));
        Assert.Contains("field \"when\"", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 50, 600);
    }

    [Theory]
    [InlineData("[]", "recover", "expected a list of retry")]
    [InlineData("[rety]", "recover", "Did you mean \"retry\"?")]
    [InlineData("[{retry: 0}]", "recover", "found \"0\"")]
    [InlineData("[{retry: []}]", "recover", "a wait such as 10m")]
    [InlineData("[{step: nobody}]", "recover", "the flow has no step named \"nobody\"")]
    [InlineData("[{step: a}]", "recover", "names the step itself; write retry for the same again")]
    [InlineData("[{with: {}}]", "recover", "expected retry")]
    [InlineData("[{with: {needs: [b]}}]", "recover.with", "\"needs\" cannot be changed")]
    [InlineData("[{with: {name: b}}]", "recover.with", "\"name\" cannot be changed")]
    [InlineData("[{with: {recover: [retry]}}]", "recover.with", "\"recover\" cannot be changed")]
    [InlineData("[{with: {comand: [x]}}]", null, "unknown field \"comand\". Did you mean \"command\"?")]
    [InlineData("[{with: {timeout: soon}}]", "timeout", "found \"soon\"")]
    [InlineData("[{with: {type: daily}}]", null, "unknown field \"type\"")]
    public void Ladders(string recover, string? field, string message)
    {
        var error = Lists.Error(FlowRig.List("", $"{{name: a, command: [x], recover: {recover}}}"));
        Assert.StartsWith("Jobs/jobs.yaml:4:", error, StringComparison.Ordinal);
        Assert.Contains(field is null ? "job \"f/a\": " : $"job \"f/a\", field \"{field}\": ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name: other, set: 1, needs: b}", "can have neither needs, each nor always")]
    [InlineData("{name: other, set: 1, each: [1]}", "can have neither needs, each nor always")]
    [InlineData("{name: other, set: 1, always: true}", "can have neither needs, each nor always")]
    [InlineData("{name: other, set: '${steps.b.result}'}", "step \"b\" is not over when this one starts")]
    public void Steps_that_stand_in_for_others(string other, string message)
    {
        var errors = Lists.Errors(FlowRig.List("", "{name: a, command: [x], recover: [{step: other}]}", "{name: b, set: 1}", other));
        Assert.Contains(errors, error => error.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_that_stands_in_may_be_needed_by_nobody()
    {
        var error = Lists.Error(
            FlowRig.List("", "{name: a, command: [x], recover: [{step: b}]}", "{name: b, set: 1}", "{name: c, set: 1, needs: b}")
        );
        Assert.Contains("names \"b\", which runs only in place of a step that has failed; name that step", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approval: Send?, on_expiry: approve", "on_expiry", "needs \"expires\"")]
    [InlineData(
        "approval: Send?, expires: 1h, on_expiry: perhaps",
        "on_expiry",
        "found \"perhaps\", expected one of reject, approve, escalate"
    )]
    [InlineData("approval: Send?, expires: 1h, escalate: [admin]", "escalate", "needs \"on_expiry: escalate\"")]
    [InlineData("approval: Send?, need: 0", "need", "found \"0\", expected a whole number from 1 to 10")]
    [InlineData("approval: Send?, need: 2, by: [anna]", "need", "asks for 2 people, but \"by\" names 1; nobody can approve twice")]
    [InlineData("approval: Send?, fields: {amount: numbr}", "fields.amount", "Did you mean \"number\"?")]
    [InlineData("approval: Send?, fields: {city: choice}", "fields.city", "a list of choices")]
    [InlineData("approval: Send?, fields: {city: []}", "fields.city", "a list of choices")]
    [InlineData("approval: Send?, fields: {city: {tipe: text}}", "fields.city", "unknown name \"tipe\"")]
    [InlineData("approval: Send?, fields: {n: {type: number, default: seven}}", "fields.n", "seven")]
    [InlineData("approval: Send?, fields: {c: {choices: [a, b], default: d}}", "fields.c", "d")]
    [InlineData("approval: Send?, fields: {b: {type: boolean, default: 7}}", "fields.b", "7")]
    [InlineData("approval: Send?, show: 7", "show", "found \"7\"")]
    [InlineData("approval: Send?, show: ['steps.']", "show", "")]
    [InlineData("command: [x], by: [anna]", "by", "belongs to a step with \"approval\"")]
    [InlineData("command: [x], fields: {a: text}", "fields", "belongs to a step with \"approval\"")]
    public void Approvals(string fields, string field, string message)
    {
        var error = Lists.Error(FlowRig.List("", $"{{name: a, {fields}}}"));
        Assert.Contains($"job \"f/a\", field \"{field}\": ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set: 1, timeout: 5s", "timeout")]
    [InlineData("set: 1, retries: 3", "retries")]
    [InlineData("set: 1, env: {A: b}", "env")]
    [InlineData("set: 1, args: [7]", "args")]
    [InlineData("wait: 5s, retries: 3", "retries")]
    [InlineData("wait: 5s, timeout: 3s", "timeout")]
    [InlineData("approval: Send?, timeout: 1h", "timeout")]
    [InlineData("approval: Send?, retries: 1", "retries")]
    [InlineData("job: other, retries: 3", "retries")]
    [InlineData("job: other, env: {A: b}", "env")]
    [InlineData("job: other, tags: [gpu]", "tags")]
    [InlineData("job: other, image: alpine", "image")]
    [InlineData("set: 1, image: alpine", "image")]
    public void What_a_kind_of_step_has_no_use_for_is_no_field_of_it(string fields, string field)
    {
        var error = Lists.Error(FlowRig.List("", $"{{name: a, {fields}}}"));
        Assert.Contains($"job \"f/a\", field \"{field}\": ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image: alpine", "image")]
    [InlineData("success_codes: [0, 1]", "success_codes")]
    [InlineData("file: a.py", null)]
    [InlineData("function: main", "function")]
    [InlineData("needs: [a]", null)]
    public void What_a_flow_has_no_use_for_is_no_field_of_its_job(string fields, string? field)
    {
        var error = Lists.Errors(FlowRig.List(fields, "{name: a, set: 1}"))[0];
        Assert.Contains(field is null ? "job \"f\": " : $"job \"f\", field \"{field}\": ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kwargs: {day: '${steps.a.result}'}", "kwargs")]
    [InlineData("kwargs: {deep: [{day: 'the ${ kwargs.day }'}]}", "kwargs")]
    [InlineData("args: ['${flow.id}']", "args")]
    public void Arguments_of_the_job_have_no_references(string fields, string field)
    {
        var error = Lists.Error(FlowRig.List(fields, "{name: a, set: '${kwargs.day}'}"));
        Assert.StartsWith("Jobs/jobs.yaml:3:", error, StringComparison.Ordinal);
        Assert.EndsWith(
            $": job \"f\", field \"{field}\": has a reference, and only steps have references; give the value itself here, and let a step "
                + "refer to it (${kwargs.NAME}, ${args[0]}).",
            error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("kwargs: {path: '$${steps.a}/x', home: '${HOME}', price: 5$, open: '${'}")]
    [InlineData("args: ['${1}']")]
    public void Other_text_in_arguments_of_the_job_is_text(string fields) =>
        Assert.Empty(Lists.Errors(FlowRig.List(fields, "{name: a, set: '${kwargs.path}'}")));

    [Theory]
    [InlineData("steps: []", "found an empty list")]
    [InlineData("steps: 7", "found \"7\"")]
    [InlineData("steps: {name: a, set: 1}", "found a map with \"name\"")]
    public void Steps_are_a_list(string steps, string message) =>
        Assert.Contains(message, Lists.Errors($"- name: f\n  type: trigger\n  {steps}\n")[0], StringComparison.Ordinal);

    [Fact]
    public void A_thousand_steps_are_allowed_and_one_more_is_not()
    {
        var steps = Enumerable.Range(0, 1001).Select(i => $"{{name: s{i}, set: 1}}").ToArray();
        Assert.Empty(Lists.Errors(FlowRig.List("", steps[..1000])));
        Assert.Contains("has 1001 steps; a flow can have 1000", Lists.Error(FlowRig.List("", steps)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_is_not_kept_running()
    {
        var error = Lists.Error("- {name: f, type: always, steps: [{name: a, set: 1}]}");
        Assert.Contains("field \"type\": a flow ends, so it cannot be of type always", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_mistake_of_each_step_is_told() =>
        Assert.Equal(
            3,
            Lists.Errors(FlowRig.List("", "{name: a, set: 1, needs: x}", "{name: b, set: 1, needs: y}", "{name: b, set: 2}")).Length
        );
}
