import 'reflect-metadata';
import { runService } from '@themeline/http';
import { gatewayService } from './gateway.module';

void runService(gatewayService);
