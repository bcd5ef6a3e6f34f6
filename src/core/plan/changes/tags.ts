import { createHash } from 'node:crypto';
import type { ResourceType, TagSpecification } from '@aws-sdk/client-ec2';
import { CoreError } from '../../base/errors.ts';
import type { Step } from '../handler.ts';

/** Says which plan made a thing. */
export const PLAN_TAG = 'ec2-multi-ip:plan';
/** Says which change of that plan made it. */
export const STEP_TAG = 'ec2-multi-ip:step';
/** Says which route was added to a route table for an ENI. */
export const ROUTE_TAG = 'ec2-multi-ip:route';

/** The tags of what a change makes, in the form that EC2's create calls take. */
export function tagsOn(
  type: ResourceType,
  step: Step,
  name: string,
  more: Readonly<Record<string, string>> = {},
): { TagSpecifications: TagSpecification[] } {
  const tags = { Name: name, [PLAN_TAG]: step.planId, [STEP_TAG]: step.changeId, ...more };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return { TagSpecifications: [{ ResourceType: type, Tags }] };
}

/** Filters of a describe that find what a change has made. */
export function madeBy(step: Step): { Filters: { Name: string; Values: string[] }[] } {
  return {
    Filters: [
      { Name: `tag:${PLAN_TAG}`, Values: [step.planId] },
      { Name: `tag:${STEP_TAG}`, Values: [step.changeId] },
    ],
  };
}

/** A token with which EC2 gives the same answer to the same call again; at most 64 characters. */
export function clientToken(step: Step): string {
  const token = `${step.planId}.${step.changeId}`;
  // Cutting it would make the tokens of two changes, or of two plans, the same.
  return token.length <= 64 ? token : createHash('sha256').update(token).digest('hex');
}

/** An id that an answer of EC2 must hold. */
export function idIn(answer: string | undefined, action: string): string {
  if (answer === undefined || answer === '') {
    throw new CoreError('aws.refused', {
      action,
      awsCode: 'EmptyAnswer',
      awsMessage: 'The answer names no id.',
    });
  }
  return answer;
}
