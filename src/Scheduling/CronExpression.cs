namespace Aios.Scheduling;

public sealed class CronExpression
{
}
