import cloudWatch from 'pino-cloudwatch';

/** The article names the options as the AWS SDK does; pino-cloudwatch has shorter names. */
export default function pinoCloudWatch(options: { logGroupName: string; logStreamName: string }): NodeJS.WritableStream {
  return cloudWatch({
    group: options.logGroupName,
    stream: options.logStreamName,
    aws_region: process.env.AWS_REGION,
  });
}
